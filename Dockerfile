# glibc, because the Temporal SDK brings no musl build.
FROM node:24.21.0-bookworm-slim@sha256:d6aa754f16b3197301076f047b5def2f02ea1dbbc2ca920407d46d7ec7f87b20 AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY tsconfig.json tsconfig.build.json ./
COPY scripts ./scripts
COPY dev ./dev
COPY src ./src
RUN npm run build && npm run --silent sbom > dist/sbom.json && npm prune --omit=dev
# The SDK ships its native part for every platform; this image is one of them.
RUN keep="$(uname -m)-unknown-linux-gnu" \
  && find node_modules/@temporalio/core-bridge/releases -mindepth 1 -maxdepth 1 ! -name "$keep" -exec rm -rf {} +

FROM node:24.21.0-bookworm-slim@sha256:d6aa754f16b3197301076f047b5def2f02ea1dbbc2ca920407d46d7ec7f87b20
# Without root certificates the native part of the SDK finds no TLS server trustworthy.
RUN apt-get update \
  && apt-get install -y --no-install-recommends ca-certificates \
  && rm -rf /var/lib/apt/lists/*
# glibc keeps what a thread has freed in an arena, and makes eight for each processor.
ENV NODE_ENV=production \
    MALLOC_ARENA_MAX=2 \
    ITINERA_WORKFLOW_BUNDLE=/app/dist/workflow-bundle.js
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
USER node
EXPOSE 8080
STOPSIGNAL SIGTERM
CMD ["node", "dist/api/main.js"]
