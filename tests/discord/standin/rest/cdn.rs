//! What people attach to commands, given out where Discord's CDN would: to whoever has the signed address, without the bot's token.

use std::convert::Infallible;

use axum::{
    body::Body,
    http::{Response, StatusCode, header},
};
use futures_util::{StreamExt, stream};
use hyper::body::Incoming;

use super::super::{Fault, Id, Shared};

/// Below which path files stand.
pub const PATH: &str = "/attachments/";

pub async fn give(shared: &Shared, request: &hyper::Request<Incoming>) -> Response<Body> {
    let path: Vec<&str> = request.uri().path().trim_start_matches('/').split('/').collect();
    let signed = request.uri().query().is_some_and(|query| query.contains("hm="));
    let bears_token = request.headers().contains_key(header::AUTHORIZATION);
    let (fault, content) = shared.with(|state| {
        if bears_token {
            state.violation("the bot's token was sent to where files are kept");
        }
        let file = path.get(1).and_then(|id| Id::parse(id)).and_then(|id| state.world.uploads.get(&id));
        // What is larger than is told of it never ends.
        let content = file.filter(|_| signed).map(|file| {
            let begins = stream::iter([Ok::<_, Infallible>(file.content.clone())]);
            if file.content.len() > file.size {
                Body::from_stream(begins.chain(stream::pending()))
            } else {
                Body::from_stream(begins)
            }
        });
        state.world.fetched += 1;
        (state.faults.take("GET", &path), content)
    });
    let answer = |status: StatusCode, body: Body| Response::builder().status(status).body(body).expect("a response");
    match (fault, content) {
        (Some(Fault::Status(status)), _) => answer(StatusCode::from_u16(status).expect("a status"), Body::empty()),
        (Some(Fault::Held(reached, go_on)), Some(content)) => {
            reached.send(()).ok();
            go_on.await.ok();
            answer(StatusCode::OK, content)
        }
        (Some(fault), _) => panic!("{fault:?} does not befall files"),
        (None, Some(content)) => answer(StatusCode::OK, content),
        (None, None) => answer(StatusCode::NOT_FOUND, Body::empty()),
    }
}
