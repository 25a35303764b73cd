package de.citycloud.platform.hub.page;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Limits of the live stream ({@code city.live.*}).
 *
 * @param clients streams open at the same time at most
 * @param heartbeat silence after which a comment is sent, so that a dead line is noticed
 */
@ConfigurationProperties("city.live")
record LiveProperties(@DefaultValue("500") int clients, @DefaultValue("15s") Duration heartbeat) {}
