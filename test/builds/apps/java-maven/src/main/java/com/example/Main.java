package com.example;

/** Greets. */
public class Main {
    public static void main(String[] args) {
        System.out.println("Hello " + (args.length > 0 ? args[0] : "world"));
    }
}
