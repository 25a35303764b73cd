/**
 * Roads as signals see them: lanes, the links that lead from one to the next, and who has to give way to whom. Read
 * from SUMO networks ({@link de.citycloud.signals.network.SumoNetReader}); lengths are metres, speeds metres per second.
 */
@NullMarked
package de.citycloud.signals.network;

import org.jspecify.annotations.NullMarked;
