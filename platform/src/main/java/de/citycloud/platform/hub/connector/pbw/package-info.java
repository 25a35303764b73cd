/** Car parks of PBW, the car park company of Baden-Württemberg (German: Parkraumgesellschaft). */
@NullMarked
package de.citycloud.platform.hub.connector.pbw;

import org.jspecify.annotations.NullMarked;
