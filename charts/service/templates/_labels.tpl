{{- define "service.selector" -}}
app.kubernetes.io/name: {{ .Release.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}
{{- define "service.labels" -}}
{{ include "service.selector" . }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
app.kubernetes.io/part-of: sportbuff
{{- end -}}
{{- /* What one of the base contract lacks of what others are deployed by. */ -}}
{{- define "service.lacks" -}}
health, metrics, drain, json-logs
{{- end -}}
{{- /* How much later one is asked to end that does so at once: what it has in hand is done by then. */ -}}
{{- define "service.later" -}}
{{ ternary 8 0 (eq .Values.contract "base") }}
{{- end -}}
{{- /* The secrets that stand in files, too. */ -}}
{{- define "service.files" -}}
{{- range $name, $place := .Values.secrets }}
{{- if $place.file }}
- secret: {name: {{ $place.secret }}, items: [{key: {{ $place.key }}, path: {{ $name }}}]}
{{- end }}
{{- end }}
{{- end -}}
