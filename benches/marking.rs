//! How long marking one answer takes: 200 characters against the list of the control plane's components, and the worst texts.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use kcard::quiz::{
    asked::{Asked, Form},
    deck::Level,
    grade,
    id::{CardId, DeckId},
    question::Term,
};

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
    }
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

fn marking(c: &mut Criterion) {
    let list = list();
    assert_eq!(ANSWER.chars().count(), 200);
    c.bench_function("a list, 200 characters", |b| b.iter(|| grade::text(black_box(&list), black_box(ANSWER))));

    let command = asked(Form::Command { accept: vec!["kubectl get pods -n kube-system -l tier=control-plane".into()] });
    let line = "k -n kube-system get po --selector=tier=control-plane";
    c.bench_function("a command", |b| b.iter(|| grade::text(black_box(&command), black_box(line))));

    for (name, piece) in [
        ("a megabyte of items", "etcd, kubelet, cloud controler manager "),
        ("a megabyte of slips", "kubelte kube-schedulre "),
        ("a megabyte of denials", "all but etcd not "),
        ("a megabyte of letters", "a b "),
        ("a megabyte beyond ASCII", "ﷺétcd "),
    ] {
        let text = piece.repeat(1_000_000 / piece.len());
        c.bench_function(name, |b| b.iter(|| grade::text(black_box(&list), black_box(&text))));
    }
}

criterion_group!(benches, marking);
criterion_main!(benches);
