{{- /* Refused options of what a cache fetches before it is pulled. */}}

{{- /* (list CONTEXT PATH_OF_THE_CACHE NAME_OF_THE_CACHE). */}}
{{- define "registry.problemsOfPrefetch" -}}
{{- $at := printf "%s.prefetch" (index . 1) }}
{{- $name := printf "%s-prefetch" (index . 2) }}
{{- $context := index . 0 }}
{{- with $context.Values.prefetch }}
{{- if gt (len $name) 52 }}
{{ $at }}: makes the CronJob "{{ $name }}", whose name has {{ len $name }} characters, and more than 52; write a shorter name of the cache, e.g. name: hub [prefetch-name-too-long]
{{- end }}
{{- $upstream := include "registry.usableUpstream" $context.Values.upstream }}
{{- $example := printf "%s/%s" $upstream (eq $upstream "docker.io" | ternary "library/alpine:3.22" "team/app:1.0") }}
{{- $names := list }}
{{- range $index, $image := .images }}
{{- $parts := include "registry.imageOfUpstream" (list $context $image) | fromJson }}
{{- $path := printf "%s.images[%d]" $at $index }}
{{- if not $parts.repository }}
{{ $path }}: {{ include "registry.shown" $image }} is not an image reference; write e.g. "{{ $example }}" [not-an-image]
{{- else if ne $parts.host $upstream }}
{{ $path }}: {{ include "registry.shown" $image }} is not an image of {{ $upstream }}; write "{{ $upstream }}/{{ $parts.rest }}" if you mean that [prefetch-of-another-registry]
{{- else if not (or $parts.tag $parts.digest) }}
{{ $path }}: {{ include "registry.shown" $image }} has no tag, which means "latest"; write e.g. "{{ $upstream }}/{{ $parts.repository }}:1.0" [image-without-tag]
{{- else }}
{{- if has $parts.name $names }}
{{ $path }}: {{ include "registry.shown" $image }} is listed twice; remove it [given-twice]
{{- end }}
{{- $names = append $names $parts.name }}
{{- end }}
{{- end }}
{{- $platforms := list }}
{{- range $index, $platform := .platforms }}
{{- if has $platform $platforms }}
{{ $at }}.platforms[{{ $index }}]: {{ include "registry.shown" $platform }} is listed twice; remove it [given-twice]
{{- end }}
{{- $platforms = append $platforms $platform }}
{{- end }}
{{- include "registry.problemsOfSchedule" (list (printf "%s.schedule" $at) .schedule) }}
{{- include "registry.problemsOfTimeLimit" (list (printf "%s.timeLimit" $at) .timeLimit 60) }}
{{- if and $context.Values.userFromPlatform (ne (int64 .userId) 1000) }}
{{ $at }}.userId: {{ int64 .userId }} conflicts with userFromPlatform: true; leave userId or userFromPlatform out [user-given-twice-over]
{{- end }}
{{- include "registry.problemsOfPodAnnotations" (list $at .podAnnotations) }}
{{- include "registry.problemsOfResources" (list (printf "%s.resources" $at) .resources) }}
{{- end }}
{{- end }}
