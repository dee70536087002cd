package dev.rendezvous.discovery.instance;

/**
 * The name of an instance that stays when its address changes.
 *
 * <p>An id is unique on its node only, and a node in its datacenter.
 */
public record InstanceKey(String datacenter, String node, String id) {}
