RUN apt-get update && \
    # the certificates, for curl
    apt-get install -y "curl" # joined with \
    the next line
RUN --mount=type=cache,target=/root/.cache \
    --network=none pip install -r requirements.txt
RUN ["/bin/sh", "-c", "echo \"hi\""]
RUN [ -f /x ] && echo $HOME
RUN if true; then \
      echo 'x'; \
    fi
