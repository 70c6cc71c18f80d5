# syntax=docker/dockerfile:1
# check=skip=JSONArgsRecommended;error=true
# An ordinary comment
# escape=`
FROM alpine
