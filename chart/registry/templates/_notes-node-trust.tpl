{{- /* The part of NOTES.txt about nodes: how to check them, and the limits of what is installed. */}}

{{- define "registry.notesOnNodeTrust" -}}
{{- $access := include "registry.nodeAccess" . | fromJson }}
{{- $namespace := include "registry.nodeTrustNamespace" . }}
{{- $daemonSet := printf "daemonset/%s" (include "registry.objectName" (list . "node-trust")) }}
{{- $title := printf "%s %s" (ternary "Nodes that no longer trust" "Nodes that trust" .Values.nodeTrust.uninstall) $access.address }}
{{- $title }}
{{ repeat (len $title) "=" }}

kubectl -n {{ $namespace }} rollout status {{ $daemonSet }}
kubectl -n {{ $namespace }} logs {{ $daemonSet }}
{{ if .Values.nodeTrust.uninstall }}
When all pods are ready, nothing that it wrote is left on the nodes (k3s forgets it at its next start). Then leave nodeTrust out of the values, and upgrade: that deletes the namespace {{ $namespace }}.
{{- else }}
A pod that isn't ready has found a file that it didn't write. It continues once you move the file away; its log names the file, and what to merge.
{{- range include "registry.nodeTrustRuntimes" . | fromYamlArray }}
{{- if eq . "docker" }}
Docker needs no restart.
{{- else if eq . "k3s" }}
k3s reads it when it starts: sudo systemctl restart k3s (on agents k3s-agent), node by node. Running pods stay.
{{- else }}
containerd reads this only where its config.toml has config_path = "/etc/containerd/certs.d"; then without a restart.
{{- end }}
{{- end }}
{{- $everybody := dict "user" "" "groups" list }}
{{- $closed := include "registry.closedMirrors" (list . $everybody) | fromJsonArray }}
{{- $user := .Values.nodeTrust.mirrorLogin.username }}
{{- if $user }}
{{- $more := has "k3s" (include "registry.nodeTrustRuntimes" . | fromYamlArray) | ternary ", and on k3s whatever else that user may pull" "" }}
All pods of the cluster may use the images of {{ join ", " .Values.nodeTrust.mirrorOf }} that {{ $user }} may pull{{ $more }}.
{{- $asker := dict "user" $user "groups" (include "registry.groupsOfUser" (list . $user) | fromYamlArray) }}
{{- if or (include "registry.mayDo" (list . $asker "push")) (include "registry.mayDo" (list . $asker "remove")) }}
WARNING: {{ $user }} may push or delete images, and its login is on every node. Name a user that may only pull, by access rules.
{{- end }}
{{- $closedToUser := include "registry.closedMirrors" (list . $asker) | fromJsonArray }}
{{- $both := list }}
{{- range $closed }}
{{- if has . $closedToUser }}
{{- $both = append $both . }}
{{- end }}
{{- end }}
{{- with join ", " $both }}
WARNING: {{ $user }} may not pull all images of {{ . }}. For the others nodes go on to {{ . }}, silently.
{{- end }}
{{- else if $closed }}
{{- $hosts := join ", " $closed }}
WARNING: {{ $access.address }} asks for a login, which nodes don't have for images of {{ $hosts }}: it answers 401, they go on to {{ $hosts }}, and it is never used as a mirror. Let everybody pull from it, or leave mirrorOf out.
{{- end }}
{{- $cacheless := list }}
{{- range .Values.nodeTrust.mirrorOf }}
{{- if and $.Values.caches (not (include "registry.cachePath" (list $ .))) }}
{{- $cacheless = append $cacheless . }}
{{- end }}
{{- end }}
{{- with $cacheless }}
WARNING: {{ $access.address }} has no cache of {{ join ", " . }}. As a mirror it serves its own images under that name, such as team/app for {{ first . }}/team/app. Add a cache, or leave it out of mirrorOf.
{{- end }}
The nodes themselves must resolve {{ regexReplaceAll ":[0-9]+$" (regexReplaceAll "^https?://" $access.endpoint "") "" }}; they don't ask the cluster's DNS.
{{- end }}
{{- end }}
