/**
 * Decides which news to believe and publishes it as one immutable table; it opens connections only
 * to probe instances.
 */
@NullMarked
package dev.rendezvous.discovery.directory;

import org.jspecify.annotations.NullMarked;
