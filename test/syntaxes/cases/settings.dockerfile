ARG VERSION
ARG PORT=8080
ENV NAME value with ${VERSION:+more} $PORT
ENV A=1 B="two \"words\" \
  ${C:-$PORT}" D='$not one'
LABEL org.opencontainers.image.title="App" maintainer=me
EXPOSE 80 443/tcp 8000-8010/udp $PORT
USER app:1000
WORKDIR /srv/$NAME
VOLUME ["/data", "/logs"]
STOPSIGNAL SIGTERM
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
MAINTAINER Ann O'Hara <ann@example.com>
