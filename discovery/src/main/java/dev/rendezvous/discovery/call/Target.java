package dev.rendezvous.discovery.call;

import dev.rendezvous.discovery.instance.ServiceInstance;

/** An instance of the table together with what is known of its address. */
record Target(ServiceInstance instance, Endpoint endpoint) {}
