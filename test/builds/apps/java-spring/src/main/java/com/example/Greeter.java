package com.example;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@SpringBootApplication
@RestController
public class Greeter {
  @Value("${greeting}")
  private String greeting;

  public static void main(String[] args) {
    SpringApplication.run(Greeter.class, args);
  }

  @GetMapping("/")
  String greet() {
    return greeting + " from the classes of the jar";
  }
}
