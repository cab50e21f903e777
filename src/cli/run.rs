//! `kcard run`: wires the rooms together, runs them, and stops them. Decides nothing of the game.

use std::{
    io::{self, Write},
    net::SocketAddr,
    sync::Arc,
    time::Duration,
};

use anyhow::{Context, anyhow, bail};
use tokio::{net::TcpListener, task::JoinSet, time};
use tokio_util::sync::CancellationToken;

use super::{Outcome, state::State};
use crate::{
    bot::{Bot, Parts},
    chat::{Chat, discord::Discord, slack::Slack, web},
    clock::{Clock, SystemClock},
    config::{Config, DatabaseUrl},
    decks::{Change, Watched},
    http,
    store::Store,
};

/// How often deck files are looked at.
const LOOK_EVERY: Duration = Duration::from_secs(2);
/// How long a platform may take to say whether its token is right before the start goes on: the room on this machine waits for no platform.
const CHECK_WITHIN: Duration = Duration::from_secs(5);
/// How often what was measured and not read is made small.
const TIDY_EVERY: Duration = Duration::from_secs(5);
/// How long work under way may take to end; all that was acknowledged is stored before.
const STOP_WITHIN: Duration = Duration::from_secs(4);

/// Runs until a signal says stop.
pub(super) fn run(config: Config) -> anyhow::Result<Outcome> {
    super::log::begin(config.log)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let outcome = runtime.block_on(serve(config));
    runtime.shutdown_background();
    outcome.map(|()| Outcome::Well)
}

async fn serve(config: Config) -> anyhow::Result<()> {
    let stop = CancellationToken::new();
    stop_on_signal(stop.clone())?;

    let (watched, decks) = Watched::open(config.decks.clone())?;
    super::plans::check(&config.schedules, &decks)?;
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let state = State::begin(clock.clone())?;
    let listener = listen(config.listen).await?;
    let listening = listener.local_addr()?;
    let mut tasks = JoinSet::new();
    // From here on a probe is answered, whatever the rest waits for.
    let (rooms, later) = http::later();
    let figures = {
        let state = Arc::clone(&state);
        http::metrics(move || Arc::clone(&state).figures())
    };
    tasks.spawn(http::serve(listener, vec![figures, later], state.ready(), stop.clone()));

    let discord = config.discord.as_ref().map(|discord| Discord::new(super::discord_settings(discord)));
    let slack = config.slack.as_ref().map(|slack| Slack::new(super::slack_settings(slack)));
    let check = async {
        if let Some(discord) = &discord {
            in_time("Discord", discord.check_token()).await?;
        }
        if let Some(slack) = &slack {
            in_time("Slack", slack.check_tokens()).await?;
        }
        anyhow::Ok(())
    };
    match stop.run_until_cancelled(check).await {
        None => return Ok(()),
        Some(checked) => checked?,
    }
    make_data_directory(&config)?;
    // Before it is opened: nobody else may migrate it or work with it meanwhile.
    let _hold = Store::hold(config.database.expose()).with_context(|| config.database.to_string())?;
    let Some(store) = stop.run_until_cancelled(open(&config)).await.transpose()? else { return Ok(()) };
    let settings = web::Settings { listen: listening, hosts: config.web.hosts };
    let web = web::Web::new(store.clone(), clock.clone(), settings, stop.clone());
    let mut faces: Vec<Arc<dyn Chat>> = vec![web.clone()];
    faces.extend(discord.clone().map(|discord| discord as Arc<dyn Chat>));
    faces.extend(slack.clone().map(|slack| slack as Arc<dyn Chat>));
    state.runs(store.clone(), config.database.expose(), faces.clone());
    let (seed, plans, timezone) = (rand::random(), config.schedules, config.timezone);
    let parts = Parts { store: store.clone(), decks, faces, clock: clock.clone(), seed, plans, timezone };
    let Some(bot) = stop.run_until_cancelled(Bot::start(parts)).await.transpose()? else { return Ok(()) };

    tasks.spawn({
        let (bot, stop) = (bot.clone(), stop.clone());
        async move { bot.run(stop).await }
    });
    let slacks = slack.as_ref().and_then(|slack| slack.router(&bot, clock));
    rooms.open([web.router(bot.clone())].into_iter().chain(slacks));
    if let Some(discord) = discord {
        tasks.spawn(discord.run(bot.clone(), stop.clone()));
    }
    if let Some(slack) = slack {
        tasks.spawn(slack.run(bot.clone(), stop.clone()));
    }
    tasks.spawn(reload(watched, bot, stop.clone()));
    tasks.spawn(tidy(state, stop.clone()));
    greet(listening, &web.link(), &web.admin_link());

    let broken = tokio::select! {
        biased;
        () = stop.cancelled() => None,
        ended = tasks.join_next() => ended,
    };
    stop.cancel();
    let ended = time::timeout(STOP_WITHIN, async {
        while tasks.join_next().await.is_some() {}
        store.close().await;
    });
    if ended.await.is_err() {
        tracing::warn!(
            "some work did not end within {} s and was cut; what was acknowledged is stored",
            STOP_WITHIN.as_secs()
        );
    }
    match broken {
        Some(how) => bail!("a part of kcard ended by itself, please report this: {how:?}"),
        None => Ok(()),
    }
}

/// What a platform says of its token; one that does not answer in time is waited for later.
async fn in_time<E: std::error::Error + Send + Sync + 'static>(
    platform: &str,
    checked: impl Future<Output = Result<(), E>>,
) -> Result<(), E> {
    time::timeout(CHECK_WITHIN, checked).await.unwrap_or_else(|_| {
        let within = CHECK_WITHIN.as_secs();
        tracing::warn!("{platform} did not answer within {within} s; kcard starts without it and goes on asking");
        Ok(())
    })
}

/// The first signal begins the stop, the second ends the process at once.
fn stop_on_signal(stop: CancellationToken) -> anyhow::Result<()> {
    let mut signals = Signals::new()?;
    tokio::spawn(async move {
        signals.next().await;
        stop.cancel();
        tracing::info!("stopping");
        signals.next().await;
        tracing::warn!("stopped at once by a second signal");
        std::process::exit(1);
    });
    Ok(())
}

#[cfg(unix)]
struct Signals {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    fn new() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self { interrupt: signal(SignalKind::interrupt())?, terminate: signal(SignalKind::terminate())? })
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}

#[cfg(not(unix))]
struct Signals;

#[cfg(not(unix))]
impl Signals {
    fn new() -> io::Result<Self> {
        Ok(Self)
    }

    async fn next(&mut self) {
        // Without the signal there is nothing to wait for.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending().await
        }
    }
}

async fn listen(address: SocketAddr) -> anyhow::Result<TcpListener> {
    TcpListener::bind(address).await.map_err(|error| match error.kind() {
        io::ErrorKind::AddrInUse => anyhow!(
            "cannot listen on {address}: another program does (perhaps another kcard); stop it, or choose another port \
             with KCARD_LISTEN or --listen"
        ),
        io::ErrorKind::PermissionDenied => {
            anyhow!("cannot listen on {address}: this user may not; choose a port from 1024 on with KCARD_LISTEN or --listen")
        }
        io::ErrorKind::AddrNotAvailable => anyhow!(
            "cannot listen on {address}: this machine has no such address; choose one with KCARD_LISTEN or --listen"
        ),
        _ => anyhow!("cannot listen on {address}: {error}; choose another address with KCARD_LISTEN or --listen"),
    })
}

/// Makes the data directory where the database is in it.
pub(super) fn make_data_directory(config: &Config) -> anyhow::Result<()> {
    if config.database == DatabaseUrl::in_directory(&config.data) {
        let mut directory = std::fs::DirBuilder::new();
        directory.recursive(true);
        // What people answer is for nobody else on the machine.
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut directory, 0o700);
        directory.create(&config.data).with_context(|| {
            let data = config.data.display();
            format!("cannot make the data directory {data}; choose another with KCARD_DATA or --data")
        })?;
    }
    Ok(())
}

async fn open(config: &Config) -> anyhow::Result<Store> {
    Store::open(config.database.expose()).await.with_context(|| config.database.to_string())
}

/// The links, for people; what else there is to say is in the log.
fn greet(listening: SocketAddr, link: &str, admin: &str) {
    // Nobody has to read them: a closed standard output stops nothing.
    let _ = writeln!(io::stdout(), "The room:       {link}\nFor its admin:  {admin}");
    if !listening.ip().is_loopback() {
        tracing::warn!(
            "listening on {listening}: whoever reaches this address can play, and whoever has the second link is admin"
        );
    }
}

/// Takes up decks that changed; broken ones are said and left out.
async fn reload(mut watched: Watched, bot: Bot, stop: CancellationToken) {
    let mut every = time::interval(LOOK_EVERY);
    every.set_missed_tick_behavior(time::MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            _ = every.tick() => {}
        }
        match tokio::task::block_in_place(|| watched.look()) {
            Change::Same => {}
            Change::New(decks) => {
                tracing::info!(decks = decks.0.len(), "the decks were read again");
                bot.set_decks(decks);
            }
            Change::Broken(errors) => tracing::error!("the decks are broken, the last good ones stay:\n{errors}"),
        }
    }
}

/// Keeps figures that nobody reads from growing.
async fn tidy(state: Arc<State>, stop: CancellationToken) {
    while stop.run_until_cancelled(time::sleep(TIDY_EVERY)).await.is_some() {
        state.tidy();
    }
}
