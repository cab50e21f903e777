//! The client library listens on Socket Mode: it hears all that people do, and acknowledges it.

use std::sync::Arc;

use slack_morphism::prelude::*;
use tokio::sync::mpsc;

use super::kit::{Client, Office};
use crate::standin::Leave;

type Heard = mpsc::UnboundedSender<String>;
type Connector = SlackClientHyperConnector<hyper_util::client::legacy::connect::HttpConnector>;

async fn tell(states: SlackClientEventsUserState, what: String) {
    states.read().await.get_user_state::<Heard>().expect("it was given").send(what).ok();
}

async fn event(
    event: SlackPushEventCallback,
    _: Arc<Client>,
    states: SlackClientEventsUserState,
) -> UserCallbackResult<()> {
    let what = match event.event {
        SlackEventCallbackBody::Message(message) => {
            let text = message.content.and_then(|content| content.text).unwrap_or_default();
            let changed = message.message.and_then(|message| message.content).and_then(|content| content.text);
            format!("message {:?} {text}{}", message.subtype, changed.unwrap_or_default()).trim_end().to_owned()
        }
        SlackEventCallbackBody::ReactionAdded(reaction) => format!("reaction {}", reaction.reaction.0),
        SlackEventCallbackBody::ReactionRemoved(reaction) => format!("no reaction {}", reaction.reaction.0),
        SlackEventCallbackBody::AppHomeOpened(home) => format!("home {:?}", home.tab),
        SlackEventCallbackBody::MemberJoinedChannel(_) => "joined".to_owned(),
        SlackEventCallbackBody::MemberLeftChannel(_) => "left".to_owned(),
        SlackEventCallbackBody::ChannelArchive(_) => "archived".to_owned(),
        other => format!("unread: {other:?}"),
    };
    tell(states, what).await;
    Ok(())
}

async fn command(
    command: SlackCommandEvent,
    _: Arc<Client>,
    states: SlackClientEventsUserState,
) -> UserCallbackResult<SlackCommandEventResponse> {
    tell(states, format!("{} {}", command.command.0, command.text.unwrap_or_default()).trim_end().to_owned()).await;
    Ok(SlackCommandEventResponse::new(SlackMessageContent::new().with_text("At once.".into())))
}

async fn interaction(
    event: SlackInteractionEvent,
    _: Arc<Client>,
    states: SlackClientEventsUserState,
) -> UserCallbackResult<SlackInteractionResponse> {
    let (what, response) = match event {
        SlackInteractionEvent::BlockActions(actions) => {
            let action = &actions.actions.expect("one")[0];
            let chosen = action.selected_options.iter().flatten().map(|option| option.value.clone());
            let value = action.value.clone().unwrap_or_else(|| chosen.collect::<Vec<_>>().join("+"));
            (format!("action {} {value}", action.action_id.0), SlackInteractionResponse::Empty)
        }
        SlackInteractionEvent::MessageAction(action) => {
            (format!("shortcut {}", action.callback_id.0), SlackInteractionResponse::Empty)
        }
        SlackInteractionEvent::ViewSubmission(submission) => {
            let values = submission.view.state_params.state.expect("a state").values;
            let value = values
                .values()
                .next()
                .and_then(|actions| actions.values().next())
                .and_then(|value| value.value.clone());
            let errors =
                SlackViewSubmissionErrorsResponse::new([("answer".to_owned(), "Too short.".to_owned())].into());
            (format!("submission {value:?}"), SlackViewSubmissionResponse::Errors(errors).into())
        }
        SlackInteractionEvent::ViewClosed(_) => ("closed".to_owned(), SlackInteractionResponse::Empty),
        other => (format!("unread: {other:?}"), SlackInteractionResponse::Empty),
    };
    tell(states, what).await;
    Ok(response)
}

/// A listener on so many sockets, and what it hears.
async fn listens(
    office: &Office,
    sockets: u32,
) -> (SlackClientSocketModeListener<Connector>, mpsc::UnboundedReceiver<String>) {
    let (told, hears) = mpsc::unbounded_channel();
    let callbacks = SlackSocketModeListenerCallbacks::new()
        .with_push_events(event)
        .with_command_events(command)
        .with_interaction_events(interaction);
    let environment = Arc::new(SlackClientEventsListenerEnvironment::new(office.client()).with_user_state(told));
    let config =
        SlackClientSocketModeConfig::new().with_max_connections_count(sockets).with_initial_backoff_in_seconds(0);
    let listener = SlackClientSocketModeListener::new(&config, environment, callbacks);
    listener.listen_for(&office.app_token()).await.expect("it listens");
    listener.start().await;
    office.slack.connected(sockets as usize).await;
    (listener, hears)
}

#[tokio::test]
async fn what_people_do_is_heard_and_acknowledged() {
    let office = Office::new().await;
    let (listener, mut hears) = listens(&office, 1).await;
    let ana = &office.ana;
    let message = ana.writes(&office.daily, "etcd & <b>");
    ana.replies_in_thread(&message, "or not");
    ana.replies_to_all(&message, "all hear");
    ana.edits(&message, "kubelet");
    ana.reacts(&message, "one");
    ana.unreacts(&message, "one");
    ana.opens_home();
    office.slack.person("bo").leaves(&office.daily);
    office.slack.person("bo").joins(&office.daily);
    office.slack.all_heard().await;
    ana.deletes(&message);
    office.daily.is_archived(true);
    office.slack.all_heard().await;
    let mut all = Vec::new();
    while let Ok(what) = hears.try_recv() {
        all.push(what);
    }
    insta::assert_snapshot!(all.join("\n"), @r#"
    message None etcd &amp; &lt;b&gt;
    message None or not
    message Some(ThreadBroadcast) all hear
    message Some(MessageChanged) kubelet
    reaction one
    no reaction one
    home Some("home")
    left
    joined
    message Some(MessageDeleted)
    archived
    "#);
    let deliveries = office.slack.deliveries();
    assert!(deliveries.iter().all(|delivery| (delivery.sent, delivery.acknowledged) == (1, 1)), "{deliveries:#?}");
    listener.shutdown().await;
}

#[tokio::test]
async fn what_people_ask_for_is_heard_and_answered() {
    let office = Office::new().await;
    let (listener, mut hears) = listens(&office, 2).await;
    let option = |value: &str| serde_json::json!({"text": {"type": "plain_text", "text": value}, "value": value});
    office
        .posts(serde_json::json!({"text": "Which?", "blocks": [{"type": "actions", "elements": [
            {"type": "button", "action_id": "pick:1", "value": "1", "text": {"type": "plain_text", "text": "etcd"}},
            {"type": "checkboxes", "action_id": "all", "options": [option("a"), option("b")]},
        ]}]}))
        .await;
    let question = office.daily.latest();
    assert_eq!(office.ana.slash(&office.daily, "/kquiz", "top week").reads().await, "kcard (to ana alone): At once.");
    office.ana.clicks(&question, "etcd").acknowledged().await;
    office.ana.selects(&question, "all", &["a", "b"]).acknowledged().await;
    office.ana.uses_message_shortcut(&question, "answer").acknowledged().await;

    let ask = office.ana.slash(&office.daily, "/kquiz", "");
    let view = serde_json::json!({"type": "modal", "title": {"type": "plain_text", "text": "Answer"}, "notify_on_close": true,
        "submit": {"type": "plain_text", "text": "Send"}, "blocks": [{"type": "input", "block_id": "answer",
            "label": {"type": "plain_text", "text": "Answer"}, "element": {"type": "plain_text_input", "action_id": "text"}}]});
    office.call("views.open", serde_json::json!({"trigger_id": ask.trigger(), "view": view})).await;
    let form = ask.view().await;
    office.ana.submits(&form, &[("answer", &["etc"])]).acknowledged().await;
    assert!(form.is_refused().await.ends_with("! answer: Too short."));
    office.ana.closes(&form).expect("the app hears of it").acknowledged().await;
    let mut all = Vec::new();
    while let Ok(what) = hears.try_recv() {
        all.push(what);
    }
    insta::assert_snapshot!(all.join("\n"), @r#"
    message None Which?
    /kquiz top week
    action pick:1 1
    action all a+b
    shortcut answer
    /kquiz
    submission Some("etc")
    closed
    "#);
    listener.shutdown().await;
}

#[tokio::test]
async fn a_line_that_ends_is_opened_anew() {
    let office = Office::new().await;
    let (listener, mut hears) = listens(&office, 2).await;
    for end in 0..3 {
        match end {
            0 => office.slack.cuts_sockets(),
            1 => office.slack.closes_sockets(),
            _ => office.slack.asks_to_leave(Leave::Refresh),
        }
        office.slack.until("new sockets", |slack| (slack.sockets_ever() >= 4 + 2 * end).then_some(())).await;
        office.slack.connected(2).await;
        office.ana.writes(&office.daily, "still here");
        assert_eq!(hears.recv().await.as_deref(), Some("message None still here"));
        office.slack.all_heard().await;
    }
    listener.shutdown().await;
}
