//! How interactions are answered once they were acknowledged: by the address that Slack gave with them, in the form that is open, or in
//! one that is opened. Where an address is used up, the person is told in the channel, alone, or in a direct message.

use std::{future::Future, sync::Arc, time::Duration};

use serde::Deserialize;
use serde_json::{Value, json};
use slack_morphism::blocks::SlackView;
use tokio::time::timeout;
use url::Url;

use super::{
    ApiError, Slack,
    api::method::{OPEN_DIRECT, OPEN_VIEW, PUBLISH_HOME, TELL, UPDATE_VIEW, UPLOAD, UPLOADED},
    home, ids,
    interact::Interacting,
    modal, render,
};
use crate::{
    bot::Bot,
    chat::{Control, File, Reply, command::Lacking, words},
};

/// How long an answer can still be given: Slack takes it for 30 min.
const ANSWER_WITHIN: Duration = Duration::from_mins(14);
/// The largest file that is handed over, in bytes.
const LARGEST_FILE: usize = 50_000_000;

/// How an interaction is answered.
#[derive(Debug, Clone)]
pub struct Answering {
    place: Place,
    user: String,
    channel: Option<String>,
    thread: Option<String>,
    /// Opens a form, once.
    trigger: Option<String>,
    /// What such a form remembers.
    from: String,
    /// The command that the form is for, as it was filled in.
    filled: Option<Lacking>,
}

/// Where an answer is seen.
#[derive(Debug, Clone)]
enum Place {
    /// By the address that came with the interaction; `in_place` of the private message whose button was pressed.
    Url { url: Option<Url>, in_place: bool },
    /// In the form with this id.
    Form(String),
}

impl Answering {
    /// By the address that Slack gave.
    pub fn by_url(who: &Interacting, in_place: bool) -> Self {
        let url = who.response_url.as_deref().and_then(|url| url.parse().ok());
        Self::new(who, Place::Url { url, in_place })
    }

    /// In the form that is open.
    pub fn in_form(who: &Interacting, view: String) -> Self {
        Self::new(who, Place::Form(view))
    }

    /// The same, where the form is a command's: it is shown again, as it was filled in, where the command is not done.
    pub fn filled(self, filled: Option<Lacking>) -> Self {
        Self { filled, ..self }
    }

    fn new(who: &Interacting, place: Place) -> Self {
        let Interacting { user, channel, thread, trigger, .. } = who.clone();
        Self { place, user, channel, thread, trigger, from: who.from(), filled: None }
    }
}

impl Slack {
    /// Does the work in a task of its own, whose panic is contained, and tells what came of it.
    pub(super) async fn answer(
        self: &Arc<Self>,
        answering: &Answering,
        work: impl Future<Output = Reply> + Send + 'static,
    ) {
        let reply = match timeout(ANSWER_WITHIN, tokio::spawn(work)).await {
            Ok(done) => done.unwrap_or_else(|_| words::trouble::ours()),
            Err(_) => words::trouble::busy(),
        };
        if let Err(error) = self.give(answering, &reply).await {
            tracing::warn!(%error, "an answer could not be given");
        }
    }

    async fn give(&self, answering: &Answering, reply: &Reply) -> Result<(), ApiError> {
        let Answering { place, user, channel, thread, trigger, from, filled } = answering;
        if let Some(form) = &reply.form {
            let view = modal::form(form, from);
            return match (place, trigger) {
                (Place::Form(id), _) => self.update_form(id, &view).await,
                (_, Some(trigger)) => self.open_view(trigger, &view).await.map(drop),
                (_, None) => Ok(()),
            };
        }
        let reply = &match &reply.file {
            Some(file) => self.hand_over(user, file, reply).await,
            None => reply.clone(),
        };
        match place {
            Place::Form(id) => {
                let names = |id: &str| self.called(id);
                let told = match filled {
                    Some(filled) if reply.refused => self.command_form(filled, Some((reply, &names)), from),
                    _ => modal::told(reply, &names, from),
                };
                match self.update_form(id, &told).await {
                    // It was closed meanwhile, or Slack does not take it now: what was done must be heard.
                    Err(ApiError::Gone { .. } | ApiError::Later { .. } | ApiError::Limited(_) | ApiError::Wrong(_)) => {
                        self.tell_otherwise(channel.as_deref(), thread.as_deref(), user, reply).await
                    }
                    given => given,
                }
            }
            Place::Url { url: Some(url), in_place } => {
                let mut body = json!(render::reply(reply, &|id| self.called(id)));
                body["response_type"] = json!(if reply.public { "in_channel" } else { "ephemeral" });
                body["replace_original"] = json!(in_place);
                if let Some(thread) = thread.as_ref().filter(|_| !in_place) {
                    body["thread_ts"] = json!(thread);
                }
                match self.api.respond(url, &body).await {
                    // It was used five times, or is over half an hour old.
                    Err(
                        ApiError::Gone { .. }
                        | ApiError::Later { unsure: false, .. }
                        | ApiError::Limited(_)
                        | ApiError::Wrong(_),
                    ) => self.tell_otherwise(channel.as_deref(), thread.as_deref(), user, reply).await,
                    given => given,
                }
            }
            Place::Url { url: None, .. } => {
                self.tell_otherwise(channel.as_deref(), thread.as_deref(), user, reply).await
            }
        }
    }

    async fn tell_otherwise(
        &self,
        channel: Option<&str>,
        thread: Option<&str>,
        user: &str,
        reply: &Reply,
    ) -> Result<(), ApiError> {
        if let Some(channel) = channel {
            match self.tell(channel, thread, user, reply).await {
                Err(ApiError::Gone { .. }) => {}
                told => return told,
            }
        }
        self.say_directly(&self.direct(user).await?, reply).await
    }

    /// Says something to one person in a channel, so that nobody else sees it.
    pub(super) async fn tell(
        &self,
        channel: &str,
        thread: Option<&str>,
        user: &str,
        reply: &Reply,
    ) -> Result<(), ApiError> {
        let mut body = json!(render::reply(reply, &|id| self.called(id)));
        body["channel"] = json!(channel);
        body["user"] = json!(user);
        if let Some(thread) = thread {
            body["thread_ts"] = json!(thread);
        }
        self.api.post::<Value>(TELL.in_background(), &body).await.map(drop)
    }

    /// Answers what was written to kcard alone: files are handed over, and a form, which nothing can open there, by a button for it.
    pub(super) async fn answer_directly(&self, channel: &str, user: &str, reply: Reply) -> Result<(), ApiError> {
        let mut reply = match &reply.file {
            Some(file) => self.hand_over(user, file, &reply).await,
            None => reply,
        };
        if let Some((form, id)) = reply.form.take().and_then(|form| Some((form.title, form.id.try_into().ok()?))) {
            if reply.text.is_empty() {
                reply.text.clone_from(&form);
            }
            reply.controls.push(Control::Form { id, label: form });
        }
        self.say_directly(channel, &reply).await
    }

    /// Writes a direct message.
    pub(super) async fn say_directly(&self, channel: &str, reply: &Reply) -> Result<(), ApiError> {
        let mut body = json!(render::reply(reply, &|id| self.called(id)));
        body["channel"] = json!(channel);
        body["unfurl_links"] = json!(false);
        body["unfurl_media"] = json!(false);
        self.api.say::<Value>(channel, &body).await.map(drop)
    }

    /// The channel in which kcard and a person are alone.
    pub(super) async fn direct(&self, user: &str) -> Result<String, ApiError> {
        #[derive(Deserialize)]
        struct Opened {
            channel: Channel,
        }
        #[derive(Deserialize)]
        struct Channel {
            id: String,
        }
        let opened: Opened = self.api.post(OPEN_DIRECT.in_background(), &json!({ "users": user })).await?;
        Ok(opened.channel.id)
    }

    /// Hands a file over in a direct message; what is said of it.
    async fn hand_over(&self, user: &str, file: &File, reply: &Reply) -> Reply {
        if file.content.len() > LARGEST_FILE {
            return words::privacy::too_large();
        }
        match self.upload(user, file).await {
            Ok(()) => Reply { file: None, ..reply.clone() },
            Err(error) => {
                tracing::warn!(%error, "a file could not be handed over");
                words::trouble::busy()
            }
        }
    }

    async fn upload(&self, user: &str, file: &File) -> Result<(), ApiError> {
        #[derive(Deserialize)]
        struct Place {
            upload_url: Url,
            file_id: String,
        }
        let channel = self.direct(user).await?;
        let length = file.content.len().to_string();
        let place: Place = self.api.get(UPLOAD, &[("filename", &file.name), ("length", &length)]).await?;
        self.api.upload(&place.upload_url, file.content.as_bytes()).await?;
        let body = json!({ "files": [{ "id": place.file_id, "title": file.name }], "channel_id": channel });
        self.api.post::<Value>(UPLOADED, &body).await.map(drop)
    }

    /// Opens a form, or shows it in the one that is open.
    pub(super) async fn open_form(&self, who: &Interacting, in_form: Option<&str>, view: SlackView) {
        let opened = match (in_form, &who.trigger) {
            (Some(id), _) => self.update_form(id, &view).await,
            (None, Some(trigger)) => self.open_view(trigger, &view).await.map(drop),
            (None, None) => return,
        };
        if let Err(error) = opened {
            tracing::warn!(%error, "a form could not be opened");
            let answering = Answering::by_url(who, false);
            if let Err(error) = self.give(&answering, &words::trouble::busy()).await {
                tracing::warn!(%error, "nor could that be said");
            }
        }
    }

    /// Opens a form that says to wait, for what is answered in it.
    pub(super) async fn open_waiting(&self, who: &Interacting) -> Option<Answering> {
        let opened = self.open_view(who.trigger.as_deref()?, &modal::wait()).await;
        let id = opened.inspect_err(|error| tracing::warn!(%error, "a form could not be opened")).ok()?;
        Some(Answering::in_form(who, id))
    }

    async fn open_view(&self, trigger: &str, view: &SlackView) -> Result<String, ApiError> {
        #[derive(Deserialize)]
        struct Opened {
            view: Id,
        }
        #[derive(Deserialize)]
        struct Id {
            id: String,
        }
        let opened: Opened = self.api.post(OPEN_VIEW, &json!({ "trigger_id": trigger, "view": view })).await?;
        Ok(opened.view.id)
    }

    async fn update_form(&self, id: &str, view: &SlackView) -> Result<(), ApiError> {
        self.api.post::<Value>(UPDATE_VIEW.in_background(), &json!({ "view_id": id, "view": view })).await.map(drop)
    }

    /// Shows a person's own page as it is now.
    pub(super) async fn show_home(&self, bot: &Bot, user: &str) {
        let Ok(caller) = self.caller(user, format!("{}:h:{user}", ids::FACE), None, None).await else { return };
        let view = home::home(&bot.home(&caller, &self.channels_of(user).await).await, &|id| self.called(id));
        let body = json!({ "user_id": user, "view": view });
        if let Err(error) = self.api.post::<Value>(PUBLISH_HOME.in_background(), &body).await {
            tracing::warn!(%error, "somebody's own page could not be shown");
        }
    }

    /// What a person or a group is called, where that is known.
    pub(super) fn called(&self, id: &str) -> Option<String> {
        self.people.name(id).or_else(|| self.people.group(id))
    }
}
