use proptest::prelude::*;
use rstest::rstest;

use super::{DEEPEST, parse};

fn json(markdown: &str) -> String {
    serde_json::to_string(&parse(markdown)).expect("a tree is JSON")
}

#[rstest]
#[case::words("a **b** *c* `d`", r#"[{"t":"p","c":[{"t":"text","text":"a "},{"t":"strong","c":[{"t":"text","text":"b"}]},{"t":"text","text":" "},{"t":"em","c":[{"t":"text","text":"c"}]},{"t":"text","text":" "},{"t":"code","text":"d"}]}]"#)]
#[case::lines("a\nb  \nc", r#"[{"t":"p","c":[{"t":"text","text":"a b"},{"t":"br"},{"t":"text","text":"c"}]}]"#)]
#[case::code("```sh\nkubectl get po\n```", r#"[{"t":"pre","text":"kubectl get po"}]"#)]
#[case::list("3. a\n4. b", r#"[{"t":"list","start":3,"c":[{"t":"item","c":[{"t":"text","text":"a"}]},{"t":"item","c":[{"t":"text","text":"b"}]}]}]"#)]
#[case::html_in_a_line("a <b onclick=x>b</b>", r#"[{"t":"p","c":[{"t":"text","text":"a <b onclick=x>b</b>"}]}]"#)]
#[case::html_alone("<script>alert(1)</script>", r#"[{"t":"p","c":[{"t":"text","text":"<script>alert(1)</script>"}]}]"#)]
#[case::link(
    "[docs](https://kubernetes.io/)",
    r#"[{"t":"p","c":[{"t":"link","href":"https://kubernetes.io/","c":[{"t":"text","text":"docs"}]}]}]"#
)]
#[case::bare("<https://kubernetes.io/>", r#"[{"t":"p","c":[{"t":"link","href":"https://kubernetes.io/","c":[{"t":"text","text":"https://kubernetes.io/"}]}]}]"#)]
#[case::script("[x](javascript:alert(1))", r#"[{"t":"p","c":[{"t":"text","text":"x"}]}]"#)]
#[case::in_the_clear("[x](http://a.example)", r#"[{"t":"p","c":[{"t":"text","text":"x"}]}]"#)]
#[case::data("[x](data:text/html,hi)", r#"[{"t":"p","c":[{"t":"text","text":"x"}]}]"#)]
#[case::picture("![a picture](https://a.example/x.png)", r#"[{"t":"p","c":[{"t":"text","text":"a picture"}]}]"#)]
#[case::mention("@everyone", r#"[{"t":"p","c":[{"t":"text","text":"@everyone"}]}]"#)]
fn reads(#[case] markdown: &str, #[case] tree: &str) {
    assert_eq!(json(markdown), tree);
}

#[test]
fn deep_nesting_is_flattened_and_loses_no_word() {
    let tree = json(&format!("{}end", "> ".repeat(10_000)));
    assert_eq!(tree.matches("quote").count(), DEEPEST);
    assert!(tree.contains("end"));
}

proptest! {
    #[test]
    fn nothing_panics_and_every_link_is_https(markdown in r"[\[\]()<>!*_`#>\-a-z:/ \n]{0,200}") {
        for part in json(&markdown).split(r#""href":""#).skip(1) {
            prop_assert!(part.starts_with("https://"));
        }
    }
}
