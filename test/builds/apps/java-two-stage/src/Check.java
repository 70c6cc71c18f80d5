import java.net.URI;

/** Asks the server whether it is well. */
public class Check {
    public static void main(String[] args) throws Exception {
        URI.create("http://localhost:18121/").toURL().openStream().close();
    }
}
