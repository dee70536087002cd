/** What is known about the instances of services: immutable data, which looks nothing up. */
@NullMarked
package dev.rendezvous.discovery.instance;

import org.jspecify.annotations.NullMarked;
