package com.example;

import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/** Says what the data says, and counts. */
public class Main {
    public static void main(String[] args) throws Exception {
        String text = Files.readString(Path.of("data/greeting.json"));
        String greeting = JsonParser.parseString(text).getAsJsonObject().get("greeting").getAsString();
        HttpServer server = HttpServer.create(new InetSocketAddress(18122), 0);
        server.createContext("/", exchange -> {
            Files.createDirectories(Path.of("store"));
            Files.writeString(Path.of("store/last.txt"), greeting);
            byte[] body = greeting.getBytes();
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }
}
