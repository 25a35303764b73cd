package de.citycloud.platform.hub.sensorthings;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;

/** Opens the settings of this package. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SensorThingsProperties.class)
class SensorThingsConfiguration {}
