# escape=`
# syntax=docker/dockerfile:1
FROM mcr.microsoft.com/windows/servercore:ltsc2022
COPY app C:\app\
RUN dir `
    # between
    C:\app
USER ContainerUser
