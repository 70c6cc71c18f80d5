RUN <<EOF
echo "FROM $HOME"
EOF
RUN <<-"EOF"
	#!/usr/bin/env python3
	import this
	EOF
RUN python3 <<EOF
import os
EOF
RUN --mount=type=cache,target=/x \
    cat <<EOF > /etc/motd
Welcome to ${NAME}
EOF
COPY --chown=1000:1000 <<EOF /app/settings.json
{"debug": false}
EOF
COPY <<one <<two /texts/
First, to $ONE
one
Second, to $TWO
two
USER app
