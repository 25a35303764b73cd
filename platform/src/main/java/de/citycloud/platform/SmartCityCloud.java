package de.citycloud.platform;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.modulith.Modulithic;
import org.springframework.scheduling.annotation.EnableScheduling;

/** The program that a city runs. */
@SpringBootApplication
@EnableScheduling
@Modulithic(systemName = "Smart City Cloud", sharedModules = {"problem", "municipality", "database"})
public class SmartCityCloud {
  /** Starts the program; options are Spring properties, {@code ./city run} translates its own into them. */
  public static void main(String[] arguments) {
    SpringApplication.run(SmartCityCloud.class, arguments);
  }
}
