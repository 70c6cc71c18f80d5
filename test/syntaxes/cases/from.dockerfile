FROM scratch
from --platform=$BUILDPLATFORM golang:1.22-alpine as build
FROM registry.example.com:5000/team/app:${TAG:-latest}@sha256:0123abc AS final
FROM localhost/app
FROM ${BASE}
FROM build
