package de.citycloud.platform.demo;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the demo ({@code city.demo.*}).
 *
 * @param enabled whether the demo towns are set up and fed
 * @param towns names of the files in {@code demo/}, without ending
 * @param historyDays days of invented history written at the first start, 0 to 90
 */
@ConfigurationProperties("city.demo")
record DemoProperties(@DefaultValue("false") boolean enabled, @DefaultValue({"ludwigsburg",
    "heilbronn"}) List<String> towns, @DefaultValue("30") int historyDays) {}
