/** Talks to Consul, to hear about others and to be heard of; no request waits for it. */
@NullMarked
package dev.rendezvous.discovery.consul;

import org.jspecify.annotations.NullMarked;
