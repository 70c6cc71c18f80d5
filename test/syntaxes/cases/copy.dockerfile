COPY --from=build --chown=$USER:app --link /out /app
COPY --from=nginx:1.27 /etc/nginx /etc/nginx
COPY ["a b.txt", \
  "/c d/"]
ADD --checksum=sha256:24454f83 https://example.com/x.tar.gz /x/
ADD "a b" '/c'
