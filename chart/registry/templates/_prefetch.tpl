{{- /* What a cache fetches before it is pulled. */}}

{{- /* An image of a cache in its parts: (list CONTEXT IMAGE). A map in JSON: host, rest (the image without its host),
       repository, tag and digest, of which the last three are empty where it is no image, and name, as the cache has it. */}}
{{- define "registry.imageOfUpstream" -}}
{{- $image := index . 1 }}
{{- $host := "docker.io" }}
{{- $rest := $image }}
{{- if include "registry.namesRegistry" $image }}
{{- $host = splitList "/" $image | first }}
{{- $rest = regexReplaceAll "^[^/]*/" $image "" }}
{{- end }}
{{- $part := "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*" }}
{{- $form := printf "^(%s(?:/%s)*)(?::([\\w*][\\w.*-]{0,127}))?(?:@(sha256:[0-9a-f]{64}))?$" $part $part }}
{{- $parts := dict "host" $host "rest" $rest "repository" "" "tag" "" "digest" "" "name" "" }}
{{- if regexMatch $form $rest }}
{{- $repository := regexReplaceAll $form $rest "${1}" }}
{{- $tag := regexReplaceAll $form $rest "${2}" }}
{{- $digest := regexReplaceAll $form $rest "${3}" }}
{{- $parts = merge (dict "repository" $repository "tag" $tag "digest" $digest) $parts }}
{{- $isShort := and (eq $host "docker.io") (not (contains "/" $repository)) }}
{{- $version := empty $digest | ternary (printf ":%s" $tag) (printf "@%s" $digest) }}
{{- $parts = merge (dict "name" (printf "%s%s%s" ($isShort | ternary "library/" "") $repository $version)) $parts }}
{{- end }}
{{- toJson $parts }}
{{- end }}

{{- /* The images as the cache names them. A list in YAML. */}}
{{- define "registry.prefetchedImages" -}}
{{- $names := list }}
{{- range .Values.prefetch.images }}
{{- $names = append $names (include "registry.imageOfUpstream" (list $ .) | fromJson).name }}
{{- end }}
{{- uniq $names | toYaml }}
{{- end }}
