HEALTHCHECK --interval=30s --timeout=3s \
  CMD curl -f "http://localhost/" || exit 1
HEALTHCHECK NONE
HEALTHCHECK CMD ["true"]
ENTRYPOINT ["python", "-m", "app"]
CMD python app.py --port $PORT
ONBUILD RUN echo done
CMD ["unfinished
CMD []
