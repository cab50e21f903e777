//! One web server: `/healthz`, `/readyz`, and the routers that faces hand it.
