//! The client library that the bot uses calls every method, and reads what it answers.

use slack_morphism::{errors::SlackClientError, prelude::*};

use super::kit::Office;

#[tokio::test]
async fn messages_and_their_history() {
    let office = Office::new().await;
    let (client, token) = (office.client(), office.bot_token());
    let session = client.open_session(&token);
    let who = session.auth_test().await.expect("the token holds");
    assert_eq!((who.team_id.0, who.user_id.0), (office.slack.team(), office.slack.bot()));

    let channel: SlackChannelId = office.daily.id.clone().into();
    let content = SlackMessageContent::new()
        .with_text("Which?".into())
        .with_blocks(slack_blocks![some_into(SlackSectionBlock::new().with_text(md!("*Which?*")))]);
    let metadata =
        SlackMessageMetadata::new("kcard".into()).with_event_payload([("key".to_owned(), "q1".to_owned())].into());
    let request = SlackApiChatPostMessageRequest::new(channel.clone(), content.with_metadata(metadata.clone()));
    let posted = session.chat_post_message(&request).await.expect("it is posted");
    let reply =
        SlackApiChatPostMessageRequest::new(channel.clone(), SlackMessageContent::new().with_text("In.".into()));
    session.chat_post_message(&reply.with_thread_ts(posted.ts.clone())).await.expect("it is posted");
    office.ana.reacts(&office.daily.latest(), "one");

    let history =
        SlackApiConversationsHistoryRequest::new().with_channel(channel.clone()).with_include_all_metadata(true);
    let history = session.conversations_history(&history).await.expect("it is read").messages;
    assert_eq!((history.len(), &history[0].content.metadata), (1, &Some(metadata)));
    assert_eq!(history[0].parent.reply_count, Some(1));
    let thread = SlackApiConversationsRepliesRequest::new(channel.clone(), posted.ts.clone());
    let thread = session.conversations_replies(&thread).await.expect("it is read").messages;
    assert_eq!(thread.iter().map(|message| &message.content.metadata).collect::<Vec<_>>(), [&None, &None]);
    assert_eq!(thread[1].origin.thread_ts, Some(posted.ts.clone()));

    let reactions = SlackApiReactionsGetRequest::new()
        .with_channel(channel.clone())
        .with_timestamp(posted.ts.clone())
        .with_full(true);
    match session.reactions_get(&reactions).await.expect("they are read") {
        SlackApiReactionsGetResponse::Message(found) => {
            let reaction = &found.message.content.reactions.expect("one stands")[0];
            assert_eq!((reaction.name.0.as_str(), reaction.users[0].0.as_str()), ("one", office.ana.id.as_str()));
        }
        SlackApiReactionsGetResponse::File(_) => panic!("it is a message"),
    }
    session
        .reactions_add(&SlackApiReactionsAddRequest::new(channel.clone(), "two".into(), posted.ts.clone()))
        .await
        .expect("new");
    let gone = SlackApiReactionsRemoveRequest::new("two".into())
        .with_channel(channel.clone())
        .with_timestamp(posted.ts.clone());
    session.reactions_remove(&gone).await.expect("it stood");

    let content = SlackMessageContent::new().with_text("Closed.".into()).with_blocks(vec![]);
    session
        .chat_update(&SlackApiChatUpdateRequest::new(channel.clone(), content, posted.ts.clone()))
        .await
        .expect("it is changed");
    assert_eq!(office.daily.latest().shows(), "kcard (edited): Closed.\n:one:×1");
    let alone = SlackMessageContent::new().with_text("Psst.".into());
    let alone = SlackApiChatPostEphemeralRequest::new(channel.clone(), office.ana.id.clone().into(), alone);
    session.chat_post_ephemeral(&alone).await.expect("it is told");
    assert_eq!(office.ana.is_told(&office.daily, 1).await.shows(), "kcard (to ana alone): Psst.");
    let link =
        session.chat_get_permalink(&SlackApiChatGetPermalinkRequest::new(channel.clone(), posted.ts.clone())).await;
    assert!(link.expect("it has one").permalink.as_str().starts_with("https://team.slack.com/archives/C0"));
    session.chat_delete(&SlackApiChatDeleteRequest::new(channel, posted.ts)).await.expect("it stood");
}

#[tokio::test]
async fn channels_people_and_groups() {
    let office = Office::new().await;
    let (client, token) = (office.client(), office.bot_token());
    let session = client.open_session(&token);
    let hosts = office.slack.group("hosts", &[&office.ana]);
    office.slack.admin("root").lives_in("Asia/Tokyo");

    let public = SlackApiConversationsListRequest::new().with_types(vec![SlackConversationType::Public]);
    assert_eq!(session.conversations_list(&public).await.expect("a list").channels[0].name.as_deref(), Some("daily"));
    let mine = session
        .users_conversations(&SlackApiUsersConversationsRequest::new().with_exclude_archived(true))
        .await
        .expect("a list");
    assert_eq!(mine.channels[0].id.0, office.daily.id);
    let info = session.conversations_info(&SlackApiConversationsInfoRequest::new(office.daily.id.clone().into())).await;
    assert_eq!(info.expect("it is known").channel.flags.is_member, Some(true));
    let members = SlackApiConversationsMembersRequest::new().with_channel(office.daily.id.clone().into());
    assert_eq!(session.conversations_members(&members).await.expect("a list").members.len(), 3);
    let open = SlackApiConversationsOpenRequest::new().with_users(vec![office.ana.id.clone().into()]);
    let direct = session.conversations_open(&open).await.expect("it opens").channel.id;
    assert_eq!(direct.0, office.ana.direct().id);
    let full = session.conversations_open_full(&open.with_return_im(true)).await.expect("it is open");
    assert_eq!((full.already_open, full.channel.flags.is_im), (Some(true), Some(true)));

    let root = session
        .users_info(&SlackApiUsersInfoRequest::new(office.slack.person("root").id.into()))
        .await
        .expect("somebody")
        .user;
    assert_eq!((root.flags.is_admin, root.flags.is_owner, root.tz_offset), (Some(true), Some(false), Some(32_400)));
    let groups = session.usergroups_list(&SlackApiUserGroupsListRequest::new()).await.expect("a list").usergroups;
    assert_eq!((groups[0].handle.as_str(), groups[0].id.0.as_str()), ("hosts", hosts.id.as_str()));
    let users =
        session.usergroups_users_list(&SlackApiUserGroupsUsersListRequest::new(hosts.id.into())).await.expect("a list");
    assert_eq!(users.users[0].0, office.ana.id);
}

#[tokio::test]
async fn files_in_three_steps() {
    let office = Office::new().await;
    let (client, token) = (office.client(), office.bot_token());
    let session = client.open_session(&token);
    let request = SlackApiFilesGetUploadUrlExternalRequest::new("board.png".into(), 4).with_alt_txt("The board".into());
    let place = session.get_upload_url_external(&request).await.expect("a place");
    let upload = SlackApiFilesUploadViaUrlRequest::new(place.upload_url, b"\x89PNG".to_vec(), "image/png".into());
    session.files_upload_via_url(&upload).await.expect("it is taken");
    let files = vec![SlackApiFilesComplete::new(place.file_id.clone()).with_title("The board".into())];
    let complete =
        SlackApiFilesCompleteUploadExternalRequest::new(files).with_channel_id(office.daily.id.clone().into());
    session.files_complete_upload_external(&complete).await.expect("it is shared");
    assert_eq!(office.daily.shows(), "kcard: \n📎 The board");
    let info = session.files_info(&SlackApiFilesInfoRequest::new(place.file_id)).await.expect("it is known").file;
    assert_eq!(info.title.as_deref(), Some("The board"));
}

#[tokio::test]
async fn forms_and_the_app_home() {
    let office = Office::new().await;
    let (client, token) = (office.client(), office.bot_token());
    let session = client.open_session(&token);
    let blocks = slack_blocks![some_into(SlackSectionBlock::new().with_text(md!("Hello")))];
    let modal = |title: &str| SlackView::Modal(SlackModalView::new(title.into(), blocks.clone()));
    let ask = office.ana.slash(&office.daily, "/kquiz", "");
    let opened = session
        .views_open(&SlackApiViewsOpenRequest::new(ask.trigger().into(), modal("One")))
        .await
        .expect("it opens")
        .view;
    assert_eq!(ask.view().await.title(), "One");
    let update = SlackApiViewsUpdateRequest::new(modal("Two"))
        .with_view_id(opened.state_params.id)
        .with_hash(opened.state_params.hash);
    session.views_update(&update).await.expect("it is as it was");
    let again = office.ana.slash(&office.daily, "/kquiz", "");
    session.views_push(&SlackApiViewsPushRequest::new(again.trigger().into(), modal("Three"))).await.expect("it opens");
    assert_eq!(office.ana.form().expect("a form").title(), "Three");
    let home = SlackView::Home(SlackHomeView::new(blocks.clone()));
    session
        .views_publish(&SlackApiViewsPublishRequest::new(office.ana.id.clone().into(), home))
        .await
        .expect("it is published");
    assert_eq!(office.ana.home().await.shows(), "│ Hello");
}

#[tokio::test]
async fn errors_are_read() {
    let office = Office::strict().await;
    let (client, token) = (office.client(), office.bot_token());
    let session = client.open_session(&token);
    let post = |text: &str| {
        let content = SlackMessageContent::new().with_text("?".into());
        let section =
            SlackSectionBlock::new().with_text(SlackBlockText::MarkDown(SlackBlockMarkDownText::new(text.into())));
        SlackApiChatPostMessageRequest::new(office.daily.id.clone().into(), content.with_blocks(vec![section.into()]))
    };
    match session.chat_post_message(&post(&"x".repeat(3001))).await {
        Err(SlackClientError::ApiError(error)) => {
            assert_eq!(error.code, "invalid_blocks");
            let why = "must be less than 3001 characters [json-pointer:/blocks/0/text/text]";
            assert_eq!(error.errors.expect("why"), [why]);
        }
        other => panic!("{other:?}"),
    }
    office.slack.forgives("invalid_blocks");
    for _ in 0..2 {
        session.chat_post_message(&post("fits")).await.expect("it is posted");
    }
    match session.chat_post_message(&post("one too many")).await {
        Err(SlackClientError::RateLimitError(error)) => {
            assert!(error.retry_after.is_some_and(|after| after.as_secs() == 1), "{error:?}");
        }
        other => panic!("{other:?}"),
    }
    office.slack.forgives("too often");
}
