/**
 * What any registry is to this module, a source of news and a place to register, and the two that
 * need no server; it believes nothing and picks nothing.
 */
@NullMarked
package dev.rendezvous.discovery.registry;

import org.jspecify.annotations.NullMarked;
