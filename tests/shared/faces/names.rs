//! What people call themselves is data, whatever it looks like.

use super::{Face, asked, closes, counts, plain};

/// Names that would be markup, mentions or HTML if they were not data. The room's names have no slash and no colon.
const NAMES: [&str; 7] =
    ["<!channel>", "@everyone", "@here", "<@&1>", "*b* _i_ ~s~ `c`", "[x](y) # z", "A &amp; <script>alert(1)"];

pub async fn a_name_is_only_a_name<F: Face>() {
    let face: F = asked(&["scheduler"]).await;
    face.lets_the_bot_ring();
    for name in NAMES {
        face.reacts(name, 3).await;
        counts(&face, name, Some("kube-scheduler")).await;
    }
    let reveal = plain(&closes(&face).await);
    let board = plain(&face.types("ana", "/kquiz leaderboard").await);
    for name in NAMES.map(plain) {
        assert!(reveal.contains(&name), "`{name}` is not read so in {reveal}");
        assert!(board.contains(&name), "`{name}` is not read so in {board}");
    }
    assert_eq!(face.rung(), 0, "nobody is rung for: {reveal}");
}
