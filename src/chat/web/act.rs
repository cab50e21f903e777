//! What players do: say, react, press, fill in a form. Each is done once per key ([`super::once`]), whole, and in the order
//! in which the room took it: what stands in the room is what the bot is told.

use std::{
    collections::BTreeMap,
    future::{Future, ready},
    sync::Arc,
    time::{Duration, Instant},
};

use axum::{
    Json,
    extract::{FromRequest, Request, State},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde::Deserialize;

use super::{
    App, face,
    refused::Refused,
    request::{Key, LARGEST_FORM, Sent, text},
    session::Session,
    view::{self, Body, Outcome},
};
use crate::{
    chat::{Caller, ControlId, Given, Reply, Upload, command::Command, port::Target, words},
    measure::ACKNOWLEDGE,
    quiz::{
        answer::{Change, Way},
        id::ChannelId,
    },
    store::StoreError,
};

/// Between two tries to undo what was not counted.
const BETWEEN_TRIES: Duration = Duration::from_secs(1);

type Done = Result<Arc<Outcome>, Refused>;

/// A message, an answer in words, or a command.
#[derive(Deserialize)]
pub struct Say {
    key: Key,
    channel: String,
    text: String,
    reply_to: Option<i64>,
}

/// Says something in a channel. What begins with a slash is a command, unless it answers a message.
pub async fn say(
    State(app): State<App>,
    session: Session,
    Sent(say): Sent<Say>,
) -> Result<Json<Arc<Outcome>>, Refused> {
    let text = text(&say.text)?;
    if text.trim().is_empty() {
        return Err(Refused::Bad("say something"));
    }
    if text.starts_with('/') && say.reply_to.is_none() {
        let caller = caller(&app, &session, &say.key, &say.channel).await?;
        return once(&app, session, &say.key, |app, session| async move {
            let reply = Some(app.bot.line(caller.clone(), &text).await);
            answered(&app, &session, caller, reply).await
        })
        .await;
    }
    app.known_channel(&say.channel).await?;
    let key = say.key.of(&session.account.name);
    once(&app, session, &say.key, |app, session| async move {
        let store = &app.web.store;
        let target = match say.reply_to {
            Some(id) => Some(store.room_message(id).await?.ok_or(Refused::Gone("the message you answer is gone"))?),
            None => None,
        };
        if target.as_ref().is_some_and(|target| view::keeps_replies_out(&target.body)) {
            return Err(Refused::Secret);
        }
        let channel = target.as_ref().map_or(&say.channel, |target| &target.channel);
        let body = serde_json::to_string(&Body::Said(text)).map_err(|_| Refused::Broken)?;
        let author = Some(session.account.name.as_str());
        let id = store.room_post(channel, author, Some(&key), &body, say.reply_to, app.web.clock.now()).await?;
        app.web.live.publish(store, id).await;
        let Some(target) = target else { return Ok(Arc::new(Outcome { message: Some(id), ..Outcome::default() })) };
        // Read again: a retry answers at the time at which the room first took the message.
        let said = store.room_message(id).await?.ok_or(Refused::Gone("the message is gone"))?;
        let reply = match face::given(said, face::reference(&target.channel, target.id)) {
            Some(given) => taken(app.bot.answer(given).await)?,
            None => None,
        };
        Ok(Arc::new(Outcome { message: Some(id), ..Outcome::private(reply) }))
    })
    .await
}

/// A number reaction, put there or taken away.
#[derive(Deserialize)]
pub struct React {
    key: Key,
    message: i64,
    option: u8,
    on: bool,
}

/// Puts a reaction on a message or takes it away.
pub async fn react(
    State(app): State<App>,
    session: Session,
    Sent(react): Sent<React>,
) -> Result<Json<Arc<Outcome>>, Refused> {
    if !(1..=9).contains(&react.option) {
        return Err(Refused::Bad("a reaction is a number from 1 to 9"));
    }
    let key = react.key.of(&session.account.name);
    once(&app, session, &react.key.clone(), |app, session| async move {
        let store = &app.web.store;
        let name = session.account.name;
        let message = store.room_message(react.message).await?.ok_or(Refused::Gone("this message is gone"))?;
        if react.on && react.option > view::offered(&message.body) {
            return Err(Refused::Bad("this message takes no such reaction now"));
        }
        let now = app.web.clock.now();
        let changed = store.room_react(react.message, &name, react.option, react.on, now).await?;
        app.web.live.publish(store, react.message).await;
        let change = if react.on { Change::Add(react.option) } else { Change::Remove(react.option) };
        let given = Given {
            key,
            target: Target::Message(face::reference(&message.channel, message.id)),
            player: face::player(&name),
            name: Some(name.clone()),
            way: Way::Reaction,
            change,
            at: Some(now),
            aside: false,
        };
        let reply = app.bot.answer(given).await;
        let refused = reply == Some(words::answers::busy()) || reply == Some(words::answers::late());
        if changed && refused {
            put_back(&app, &name, &react).await?;
        }
        Ok(Arc::new(Outcome::private(taken(reply)?)))
    })
    .await
}

/// What was not counted must not stand in the room. The browser does not wait for this longer than for anything else.
async fn put_back(app: &App, name: &str, react: &React) -> Result<(), Refused> {
    let store = &app.web.store;
    while let Err(error) = store.room_react(react.message, name, react.option, !react.on, app.web.clock.now()).await {
        match error {
            StoreError::Busy(_) => tokio::time::sleep(BETWEEN_TRIES).await,
            StoreError::Database(_) => return Err(error.into()),
        }
    }
    app.web.live.publish(store, react.message).await;
    Ok(())
}

/// A button or a menu, pressed.
#[derive(Deserialize)]
pub struct Press {
    key: Key,
    channel: String,
    control: String,
    #[serde(default)]
    picked: Vec<u8>,
}

/// Presses a control.
pub async fn press(
    State(app): State<App>,
    session: Session,
    Sent(press): Sent<Press>,
) -> Result<Json<Arc<Outcome>>, Refused> {
    let caller = caller(&app, &session, &press.key, &press.channel).await?;
    let control = control(press.control)?;
    once(&app, session, &press.key, |app, session| async move {
        let reply = taken(Some(app.bot.press(caller.clone(), control, press.picked).await))?;
        answered(&app, &session, caller, reply).await
    })
    .await
}

/// A form, filled in.
#[derive(Deserialize)]
pub struct Submit {
    key: Key,
    channel: String,
    control: String,
    fields: BTreeMap<String, String>,
    file: Option<Attached>,
}

/// A file that came with a form.
#[derive(Deserialize)]
struct Attached {
    name: String,
    /// Base64.
    content: String,
}

impl Attached {
    fn upload(self) -> Result<Upload, Refused> {
        let content =
            STANDARD.decode(self.content).map_err(|_| Refused::Bad("this file came broken; send it again"))?;
        Ok(Upload { name: text(&self.name)?, content })
    }
}

/// Submits a form.
pub async fn submit(State(app): State<App>, session: Session, request: Request) -> Result<Json<Arc<Outcome>>, Refused> {
    let place = app.web.limits.form(&session.account.name)?;
    let Sent(submit) = Sent::<Submit, LARGEST_FORM>::from_request(request, &app).await?;
    drop(place);
    let caller = caller(&app, &session, &submit.key, &submit.channel).await?;
    let control = control(submit.control)?;
    let fields =
        submit.fields.into_iter().map(|(name, value)| Ok((name, text(&value)?))).collect::<Result<_, Refused>>()?;
    let file = submit.file.map(Attached::upload).transpose()?;
    once(&app, session, &submit.key, |app, session| async move {
        let reply = match (control, file) {
            (ControlId::Command(words), Some(file)) => {
                match Command::from_options(&words, &fields, caller.player.face()) {
                    Ok(command) => app.bot.upload(caller.clone(), command, ready(Ok(file))).await,
                    Err(error) => words::trouble::usage(&error),
                }
            }
            (control, _) => app.bot.submit(caller.clone(), control, fields).await,
        };
        let reply = taken(Some(reply))?;
        answered(&app, &session, caller, reply).await
    })
    .await
}

fn control(id: String) -> Result<ControlId, Refused> {
    ControlId::try_from(id).map_err(|_| Refused::Bad("this button is from another version of kcard; reload the page"))
}

async fn caller(app: &App, session: &Session, key: &Key, channel: &str) -> Result<Caller, Refused> {
    app.known_channel(channel).await?;
    let name = session.account.name.clone();
    Ok(Caller {
        key: key.of(&name),
        player: face::player(&name),
        name,
        space: face::space(),
        channel: Some(ChannelId::new(format!("web:{channel}"))),
        admin: session.account.admin,
        roles: Vec::new(),
        at: None,
        unsure: false,
        lacks: None,
    })
}

/// Does one player's work one after the other, and each key's once.
async fn once<F>(
    app: &App,
    session: Session,
    key: &Key,
    work: impl FnOnce(App, Session) -> F,
) -> Result<Json<Arc<Outcome>>, Refused>
where
    F: Future<Output = Done> + Send + 'static,
{
    let began = Instant::now();
    let name = session.account.name.clone();
    app.web.limits.player(&name)?;
    let (web, key) = (Arc::clone(&app.web), key.of(&name));
    let work = work(app.clone(), session);
    let ordered = async move {
        let lane = web.lanes.of(&name)?;
        let _turn = lane.lock().await;
        work.await
    };
    let outcome = app.web.acts.run(&key, ordered).await;
    ACKNOWLEDGE.took_since(began, &["web"]);
    let outcome = outcome?;
    if outcome.is_large() {
        app.web.acts.forget(&key);
    }
    Ok(Json(outcome))
}

/// What stands in the room and could not be counted yet is refused as busy: the page sends it again, with the same key.
fn taken(reply: Option<Reply>) -> Result<Option<Reply>, Refused> {
    if reply.as_ref() == Some(&words::answers::busy()) { Err(Refused::Busy) } else { Ok(reply) }
}

/// Hands an answer to its player, or to all in the channel.
async fn answered(app: &App, session: &Session, caller: Caller, reply: Option<Reply>) -> Done {
    // Who deleted their data is gone with all they said: open pages have to forget it too.
    if app.web.store.room_account(&session.token).await?.is_none() {
        app.web.live.again();
    }
    let reply = match reply {
        Some(reply) if reply.public => reply,
        private => return Ok(Arc::new(Outcome::private(private))),
    };
    let channel = caller.channel.as_ref().map_or("", ChannelId::local);
    let body = serde_json::to_string(&Body::Shown { by: caller.name, reply }).map_err(|_| Refused::Broken)?;
    // It names its player, so it is theirs: exported and deleted with all they said.
    let (author, now) = (Some(session.account.name.as_str()), app.web.clock.now());
    let id = app.web.store.room_post(channel, author, Some(&caller.key), &body, None, now).await?;
    app.web.live.publish(&app.web.store, id).await;
    Ok(Arc::new(Outcome { message: Some(id), ..Outcome::default() }))
}
