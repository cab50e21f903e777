//! Who may talk to the room at all: hosts, origins, rates; and the headers that every answer carries.

use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    time::Duration,
};

use axum::{
    Extension,
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use super::{App, Settings, refused::Refused};

/// Only the room's own files, no frames, no forms to elsewhere, and no text that a script could turn into HTML.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; \
                      base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; \
                      trusted-types 'none'";

/// On every answer.
const HEADERS: [(HeaderName, &str); 6] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
];

/// How long a request may wait for its answer, also when the store is stuck: a person is told something within 3 s.
const ANSWER_WITHIN: Duration = Duration::from_millis(2_500);

/// Lets a request in, or says why not. What changes anything is done in a task of its own and is not cut off by this
/// ([`super::once`]).
pub async fn gate(State(app): State<App>, request: Request, next: Next) -> Response {
    let mut response = match check(&app, &request) {
        Ok(()) => tokio::time::timeout(ANSWER_WITHIN, next.run(request))
            .await
            .unwrap_or_else(|_| Refused::Slow.into_response()),
        Err(refused) => refused.into_response(),
    };
    for (name, value) in HEADERS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

fn check(app: &App, request: &Request) -> Result<(), Refused> {
    app.web.limits.client(client(request.extensions().get()))?;
    let host = host(request.headers()).ok_or(Refused::Host)?;
    if !is_ours(host, &app.web.settings) {
        return Err(Refused::Host);
    }
    if request.method() == Method::GET || request.method() == Method::HEAD {
        return Ok(());
    }
    if is_same_site(request.headers(), host) { Ok(()) } else { Err(Refused::CrossSite) }
}

/// The address that a request came from.
pub fn client(connection: Option<&Extension<ConnectInfo<SocketAddr>>>) -> IpAddr {
    connection.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |Extension(ConnectInfo(peer))| peer.ip())
}

fn host(headers: &HeaderMap) -> Option<&str> {
    let mut hosts = headers.get_all(header::HOST).iter();
    let host = hosts.next()?.to_str().ok()?;
    hosts.next().is_none().then_some(host)
}

/// Names are what DNS rebinding lives by, so only known ones pass. An address in figures is no name: it passes where we listen on it, or
/// on all addresses.
fn is_ours(host: &str, settings: &Settings) -> bool {
    let name = without_port(host).trim_end_matches('.').to_ascii_lowercase();
    if name == "localhost" || settings.hosts.iter().any(|own| without_port(own).eq_ignore_ascii_case(&name)) {
        return true;
    }
    let Ok(address) = name.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>() else { return false };
    let listen = settings.listen.ip();
    address.is_loopback() || listen.is_unspecified() || address.to_canonical() == listen.to_canonical()
}

/// A host without its port: `[::1]:8420` is `[::1]`.
fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port))
            if port.bytes().all(|b| b.is_ascii_digit()) && (!name.contains(':') || name.ends_with(']')) =>
        {
            name
        }
        _ => host,
    }
}

/// The port a request was addressed to, where it names one.
pub fn port(headers: &HeaderMap) -> Option<u16> {
    let host = host(headers)?;
    host.get(without_port(host).len()..)?.strip_prefix(':')?.parse().ok()
}

/// Browsers say with every POST where it comes from. What says nothing is no browser, so nobody's cookie is abused.
fn is_same_site(headers: &HeaderMap, host: &str) -> bool {
    let site = headers.get("sec-fetch-site").map(HeaderValue::as_bytes);
    if site.is_some_and(|site| site != b"same-origin") {
        return false;
    }
    headers.get(header::ORIGIN).is_none_or(|origin| {
        origin
            .to_str()
            .ok()
            .and_then(|origin| origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://")))
            .is_some_and(|origin| origin.eq_ignore_ascii_case(host))
    })
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn settings(listen: &str) -> Settings {
        Settings { listen: listen.parse().expect("an address"), hosts: vec!["quiz.example.org".to_owned()] }
    }

    #[rstest]
    #[case("127.0.0.1:8420", "127.0.0.1:8420", true)]
    #[case("127.0.0.1:8420", "localhost:8420", true)]
    #[case("127.0.0.1:8420", "LOCALHOST.", true)]
    #[case("127.0.0.1:8420", "[::1]:8420", true)]
    #[case("127.0.0.1:8420", "quiz.example.org", true)]
    #[case("127.0.0.1:8420", "Quiz.Example.org:443", true)]
    #[case("127.0.0.1:8420", "evil.example", false)]
    #[case("127.0.0.1:8420", "127.0.0.1.evil.example:8420", false)]
    #[case("127.0.0.1:8420", "localhost.evil.example", false)]
    #[case("127.0.0.1:8420", "192.0.2.1:8420", false)]
    #[case("127.0.0.1:8420", "", false)]
    #[case("127.0.0.1:8420", "evil.example:127.0.0.1", false)]
    #[case("192.0.2.1:8420", "192.0.2.1:8420", true)]
    #[case("192.0.2.1:8420", "192.0.2.2:8420", false)]
    #[case("0.0.0.0:8420", "192.0.2.1:8420", true)]
    #[case("0.0.0.0:8420", "evil.example:8420", false)]
    #[case("[::]:8420", "[2001:db8::1]:8420", true)]
    fn only_our_own_names_pass(#[case] listen: &str, #[case] host: &str, #[case] ours: bool) {
        assert_eq!(is_ours(host, &settings(listen)), ours);
    }

    #[rstest]
    #[case(&[("origin", "http://localhost:8420")], true)]
    #[case(&[("origin", "https://localhost:8420")], true)]
    #[case(&[("sec-fetch-site", "same-origin")], true)]
    #[case(&[], true)]
    #[case(&[("origin", "http://localhost:8421")], false)]
    #[case(&[("origin", "http://evil.example")], false)]
    #[case(&[("origin", "null")], false)]
    #[case(&[("sec-fetch-site", "cross-site")], false)]
    #[case(&[("sec-fetch-site", "same-site"), ("origin", "http://localhost:8420")], false)]
    #[case(&[("sec-fetch-site", "same-origin"), ("origin", "http://evil.example")], false)]
    fn only_our_own_page_may_post(#[case] headers: &[(&'static str, &'static str)], #[case] ours: bool) {
        let headers: HeaderMap = headers
            .iter()
            .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)))
            .collect();
        assert_eq!(is_same_site(&headers, "localhost:8420"), ours);
    }
}
