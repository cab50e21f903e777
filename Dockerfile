FROM rust:1.95-bookworm AS build
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/src/target \
    cargo build --release --locked --bin kcard && cp target/release/kcard /kcard

FROM debian:bookworm-slim
COPY --from=build /kcard /usr/local/bin/kcard
# A named volume takes the owner of this directory.
RUN install -d -o 10001 -g 10001 /data
USER 10001:10001
VOLUME /data
ENV KCARD_DATA=/data KCARD_LISTEN=0.0.0.0:8420
# glibc would keep what each thread frees for that thread: under load nearly twice as much memory (docs/benchmarks.md).
ENV MALLOC_ARENA_MAX=1
EXPOSE 8420
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s CMD ["kcard", "health"]
ENTRYPOINT ["kcard"]
