/** What is said. */
final class Greeting {
    static String text() {
        return "hello";
    }

    private Greeting() {}
}
