//! What the client library's builders make passes the contract, and it reads what people press and send.

use serde_json::json;
use serenity::all::{
    ActionRowComponent, ApplicationId, ButtonStyle, ChannelId, CreateActionRow, CreateAllowedMentions,
    CreateAttachment, CreateAutocompleteResponse, CreateButton, CreateEmbed, CreateEmbedFooter, CreateInputText,
    CreateInteractionResponse, CreateInteractionResponseFollowup, CreateInteractionResponseMessage, CreateMessage,
    CreateModal, CreateSelectMenu, CreateSelectMenuKind, CreateSelectMenuOption, EditInteractionResponse, EditMessage,
    Event, Http, InputTextStyle, Interaction, Permissions,
};

use super::{
    client::{Listening, http},
    kit::Town,
};

fn question() -> CreateMessage {
    let menu = CreateSelectMenuKind::String {
        options: vec![CreateSelectMenuOption::new("network", "0").description("the network")],
    };
    let embed = CreateEmbed::new()
        .title("Level 1")
        .url("https://kubernetes.io/#q1")
        .description("Which?")
        .field("Deck", "cluster", true);
    CreateMessage::new()
        .content("Which?")
        .embed(embed.footer(CreateEmbedFooter::new("q1")))
        .components(vec![
            CreateActionRow::Buttons(vec![
                CreateButton::new("a:0").label("etcd").style(ButtonStyle::Secondary),
                CreateButton::new_link("https://kubernetes.io/").label("Docs"),
            ]),
            CreateActionRow::SelectMenu(
                CreateSelectMenu::new("m", menu).placeholder("All that fit").min_values(1).max_values(1),
            ),
        ])
        .allowed_mentions(CreateAllowedMentions::new())
}

async fn heard(listening: &mut Listening) -> Interaction {
    loop {
        if let Event::InteractionCreate(asked) = listening.next().await {
            return asked.interaction;
        }
    }
}

async fn defers(http: &Http, asked: &Interaction) {
    let deferral = CreateInteractionResponse::Defer(CreateInteractionResponseMessage::new().ephemeral(true));
    http.create_interaction_response(asked.id(), asked.token(), &deferral, Vec::new()).await.expect("it is taken");
}

#[tokio::test]
async fn messages_buttons_and_forms() {
    let town = Town::new().await;
    let http = http(&town.discord);
    http.set_application_id(ApplicationId::new(town.discord.application().0));
    let mut sent = ChannelId::new(town.daily.id.0).send_message(&http, question()).await.expect("it is taken");
    sent.edit(&http, EditMessage::new().content("Which one?")).await.expect("it is taken");
    let file = CreateAttachment::bytes(b"a,b".to_vec(), "board.csv");
    ChannelId::new(town.daily.id.0)
        .send_message(&http, CreateMessage::new().add_file(file))
        .await
        .expect("it is taken");
    let question = town.daily.messages().remove(0);

    let mut listening = Listening::to(&town.discord, serenity::all::GatewayIntents::GUILDS).await;
    let ask = town.ana.clicks(&question, "etcd");
    let Interaction::Component(click) = heard(&mut listening).await else { panic!("a click") };
    assert_eq!((click.data.custom_id.as_str(), click.message.id), ("a:0", sent.id));
    let member = click.member.as_ref().and_then(|member| member.permissions).expect("permissions");
    assert!(member.contains(Permissions::SEND_MESSAGES) && !member.contains(Permissions::MANAGE_GUILD));
    let input = CreateInputText::new(InputTextStyle::Short, "Your answer", "text").max_length(100);
    let form = CreateModal::new("f", "Answer").components(vec![CreateActionRow::InputText(input)]);
    click.create_response(&http, CreateInteractionResponse::Modal(form)).await.expect("it is taken");

    let sent = ask.modal().await.submits(&[("text", "etcd")]);
    let asked = heard(&mut listening).await;
    let Interaction::Modal(form) = &asked else { panic!("a form") };
    assert!(
        matches!(&form.data.components[0].components[0], ActionRowComponent::InputText(text) if text.value.as_deref() == Some("etcd"))
    );
    defers(&http, &asked).await;
    form.edit_response(&http, EditInteractionResponse::new().content("It is in.")).await.expect("it is taken");
    let more = CreateInteractionResponseFollowup::new().content("2 tries left.").ephemeral(true);
    form.create_followup(&http, more).await.expect("it is taken");
    assert_eq!(sent.reads().await, "kcard (to ana alone): It is in.");
    assert_eq!(sent.follow_up(0).await.shows(), "kcard (to ana alone): 2 tries left.");

    town.ana.picks(&question, "m", &["network"]);
    let Interaction::Component(picked) = heard(&mut listening).await else { panic!("a pick") };
    picked.create_response(&http, CreateInteractionResponse::Acknowledge).await.expect("it is taken");
    listening.stops().await;
}

#[tokio::test]
async fn commands_and_completion() {
    let town = Town::new().await;
    let http = http(&town.discord);
    http.set_application_id(ApplicationId::new(town.discord.application().0));
    let option = serenity::all::CreateCommandOption::new(serenity::all::CommandOptionType::String, "deck", "Which")
        .set_autocomplete(true);
    let command = serenity::all::CreateCommand::new("kquiz").description("The quiz").add_option(option);
    let command = command
        .default_member_permissions(Permissions::MANAGE_GUILD)
        .contexts(vec![serenity::all::InteractionContext::Guild]);
    serenity::all::Command::set_global_commands(&http, vec![command]).await.expect("they are taken");
    let mut listening = Listening::to(&town.discord, serenity::all::GatewayIntents::empty()).await;
    let olga = town.guild.admin("olga");
    let ask = olga.autocompletes(&town.daily, "kquiz", &[], "deck", "kub");
    let Interaction::Autocomplete(typed) = heard(&mut listening).await else { panic!("a completion") };
    assert_eq!(typed.data.autocomplete().map(|option| option.value), Some("kub"));
    let choices = CreateAutocompleteResponse::new().add_string_choice("Kubernetes", "kubernetes");
    typed.create_response(&http, CreateInteractionResponse::Autocomplete(choices)).await.expect("it is taken");
    assert_eq!(ask.choices().await, [("Kubernetes".to_owned(), json!("kubernetes"))]);
    listening.stops().await;
}

#[tokio::test]
async fn the_library_resumes_and_says_what_it_has_read() {
    let town = Town::new().await;
    let mut listening = Listening::to(&town.discord, serenity::all::GatewayIntents::non_privileged()).await;
    town.ana.says(&town.daily, "hello");
    town.discord.all_heard().await;
    town.discord.drops_gateway(Some(4000));
    town.discord.until("a resume", |discord| (discord.resumes() == 1).then_some(())).await;
    town.ana.says(&town.daily, "again");
    let mut names = Vec::new();
    while names.iter().filter(|name| *name == "MESSAGE_CREATE").count() < 2 {
        names.push(listening.next().await.name().expect("a name"));
    }
    assert!(names.contains(&"RESUMED".to_owned()), "{names:?}");
    assert_eq!(town.discord.identifies(), 1);
    listening.stops().await;
}
