//! How long marking one answer takes: 200 characters against the list of the control plane's components, and the worst texts.

use std::{collections::BTreeSet, hint::black_box, time::Instant};

use criterion::{Criterion, criterion_group, criterion_main};
use kcard::{
    decks::Decks,
    quiz::{
        asked::{Asked, Form},
        deck::{Card, Level},
        grade,
        id::{CardId, DeckId},
        question::{Question, Side, Term},
    },
};
use rand::{SeedableRng, rngs::ChaCha8Rng};

/// 200 characters, as somebody writes who knows most of it, with slips, a denial and a wrong item.
const ANSWER: &str = "The control plane has the kube-apiserver, etcd (a key-value store), the schedular, a controller manager and on \
                      clouds the cloud-controler-manager, but not the kubelet; kube-proxy is on every node too.";

fn terms(forms: &[&[&str]]) -> Vec<Term> {
    forms.iter().map(|forms| Term(forms.iter().map(|&form| form.to_owned()).collect())).collect()
}

fn asked(form: Form) -> Asked {
    Asked {
        deck: DeckId::new("kubernetes"),
        card: CardId::new("control-plane-components"),
        topic: "architecture".into(),
        level: Level::new(1).expect("1 is a level"),
        number: 0,
        ask: "Name the components of the control plane.".into(),
        back: String::new(),
        why: None,
        sources: Vec::new(),
        form,
        also: BTreeSet::new(),
    }
}

fn comparison() -> Asked {
    let Form::List { items, wrong, near, .. } = list().form else { unreachable!("it is a list") };
    let side = |name: &str, items: usize| Side { name: Term(vec![name.to_owned()]), items };
    asked(Form::List { items, sides: vec![side("StatefulSet", 3), side("DaemonSet", 2)], wrong, near })
}

fn text() -> Asked {
    let Form::List { items, wrong, near, .. } = list().form else { unreachable!("it is a list") };
    asked(Form::Text { accept: items[1].clone(), wrong, near })
}

fn list() -> Asked {
    asked(Form::List {
        items: terms(&[
            &["kube-apiserver", "API server", "Kubernetes API server", "kube-api", "API"],
            &["etcd", "etcd database", "etcd key-value store", "etcd cluster"],
            &["kube-scheduler", "scheduler", "Kubernetes scheduler"],
            &["kube-controller-manager", "controller manager", "Kubernetes controller manager", "KCM"],
            &["cloud-controller-manager", "cloud controller", "cloud manager", "CCM"],
        ]),
        sides: Vec::new(),
        wrong: terms(&[
            &["kubelet"],
            &["kube-proxy"],
            &["container runtime", "containerd", "CRI-O", "Docker"],
            &["kubectl"],
            &["CoreDNS", "cluster DNS", "kube-dns"],
            &["worker node", "worker nodes", "worker"],
        ]),
        near: vec!["kubeadm".into()],
    })
}

/// What a typed question of the Kubernetes deck takes to ask: most of it goes into the terms that are near to its right ones.
fn asking(c: &mut Criterion) {
    let decks = Decks::embedded();
    let deck = decks.deck(&DeckId::new("kubernetes")).expect("it is in the binary");
    let questions = deck.cards.iter().flat_map(|card| card.questions.iter().map(move |question| (card, question)));
    let typed: Vec<_> = questions.filter(|(_, question)| grade::is_typed(question.body.kind())).collect();
    let mut rng = ChaCha8Rng::seed_from_u64(0);
    let mut ask = |(card, question): (&Card, &Question)| Asked::new(deck, card, 0, question, &mut rng);
    let mut each = typed.iter().cycle();
    c.bench_function("a typed question, asked", |b| b.iter(|| each.next().map(|&question| ask(question))));
    let slowest = typed.iter().max_by_key(|(card, question)| {
        let started = Instant::now();
        black_box(ask((card, question)));
        started.elapsed()
    });
    let slowest = *slowest.expect("there are typed questions");
    c.bench_function("the typed question that takes the longest, asked", |b| b.iter(|| ask(slowest)));
}

fn marking(c: &mut Criterion) {
    let components = list();
    assert_eq!(ANSWER.chars().count(), 200);
    c.bench_function("a list, 200 characters", |b| b.iter(|| grade::text(black_box(&components), black_box(ANSWER))));

    let command = asked(Form::Command { accept: vec!["kubectl get pods -n kube-system -l tier=control-plane".into()] });
    let line = "k -n kube-system get po --selector=tier=control-plane";
    c.bench_function("a command", |b| b.iter(|| grade::text(black_box(&command), black_box(line))));

    // The worst that we know, of any length: what is beyond 4,000 characters is not looked at.
    for (name, asked) in [("list", list()), ("comparison", comparison()), ("text", text()), ("command", command)] {
        for piece in [
            "etcd, kubelet, cloud controler manager ",
            "kubelte kube-schedulre ",
            "all but etcd not ",
            "a b ",
            "ﷺétcd ",
            "kubelet is. etcd (it is so) ",
            "a.b.etcd.",
            "etcd StatefulSet kubelet: both ",
            "etcd lets them pass, kubelet names it; ",
        ] {
            let long = piece.repeat(1_000_000 / piece.len());
            c.bench_function(&format!("a {name}, a megabyte of {piece:?}"), |b| {
                b.iter(|| grade::text(black_box(&asked), black_box(&long)));
            });
        }
    }
}

criterion_group!(benches, marking, asking);
criterion_main!(benches);
