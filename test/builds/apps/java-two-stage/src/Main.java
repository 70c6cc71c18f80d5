import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;

/** Answers. */
public class Main {
    public static void main(String[] args) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(18121), 0);
        server.createContext("/", exchange -> {
            byte[] body = "two stages".getBytes();
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }
}
