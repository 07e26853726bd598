// Types shared by the storage backends, which have their own files in this folder (claims.ts has three).
import { ApiObject, GroupVersionKind } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Check } from '../core/check';
import { Component } from '../core/labels';
import { PartObject } from '../core/registry-part';
import { SecretTexts } from '../core/secret-manifest';
import { Version } from '../distribution/version';

/** The registry's root directory in its pod. */
export const STORAGE_PATH = '/var/lib/registry';

/** The context of a storage backend, with which it adds objects and problems. */
export interface StorageContext {
  /** Collects problems; its paths are relative to the backend's or the middleware's prop. */
  readonly check: Check;
  readonly registryName: string;
  readonly namespace?: string;
  /** Adds an object of the registry. */
  add(
    id: string,
    about: PartObject & { readonly clusterScoped?: boolean },
    manifest: GroupVersionKind & { [key: string]: unknown },
  ): ApiObject;
  /** Adds a Secret, named after the registry and the id; returns its name. */
  addSecret(id: string, texts: SecretTexts): string;
}

/** Additions of a storage driver or middleware to the registry's pod. */
export interface PodAdditions {
  readonly volumes?: readonly k8s.Volume[];
  readonly mounts?: readonly k8s.VolumeMount[];
  readonly env?: readonly k8s.EnvVar[];
  /** Egress rules that the pod needs. */
  readonly egress?: readonly k8s.NetworkPolicyEgressRule[];
  /**
   * Confidential strings that the pod reads once, at its start: a change rolls the pod. Functions return them when the app
   * is written.
   */
  readonly secrets?: readonly (string | (() => string))[];
}

/** The pod that an init container of a storage runs in. */
export interface StoragePod {
  readonly image: string;
  readonly userId: number;
}

/** A validated storage driver. */
export interface StorageDriver extends PodAdditions {
  /** Its name in messages. */
  readonly name: string;
  /** Whether several pods can use it at once. */
  readonly shared: boolean;
  /** Whether it redirects clients to itself for blobs by default. Undefined where it can't. */
  readonly redirect?: boolean;
  /**
   * Its location, as in `usesStorage` (app/storage-conflicts.ts), if another registry can use the same one.
   */
  readonly location?: string;
  readonly claimName?: string;
  readonly claim?: ApiObject;
  /**
   * Its one key in the storage section of config.yml. Options that the version does not support are reported.
   */
  config(version: Version): { [driver: string]: { [key: string]: unknown } };
  /** The error code if `redirect` is set but clients can't be redirected to it; undefined if they can. */
  redirectProblem?(
    version: Version,
  ): 'redirect-to-volume' | 'redirect-without-key-file' | 'redirect-without-signing' | undefined;
  /** Containers that run before the registry, as root. Pod Security "restricted" rejects them. */
  rootInitContainers?(pod: StoragePod): k8s.Container[];
}

/** The server of a cache, for who empties it. */
export interface CacheServer {
  readonly host: string;
  readonly port: number;
  /** The file with the CAs of its certificate. Absent where the connection is not encrypted. */
  readonly ca?: string;
  readonly username?: string;
  readonly password?: { readonly name: string; readonly key: string };
  /** Number of the database; absent for 0. */
  readonly database?: number;
}

/** A validated cache, as the storage and the pod see it. */
export interface BoundDescriptorCache extends PodAdditions {
  /** Whether all pods see the same. */
  readonly shared: boolean;
  /** Present where it is shared. */
  readonly server?: CacheServer;
  /** The component of its pods, where it is deployed beside the registry. */
  readonly component?: Component;
  /** The `redis` section of config.yml, with keys of one major version. */
  redis?(version: Version): { readonly [key: string]: unknown };
}

/** Binds a storage backend: takes its context and returns its driver. */
export type BindStorage = (context: StorageContext) => StorageDriver;
