#!/bin/sh
JAR=target/notes.jar
exec java $JAVA_OPTS -jar "$JAR"
