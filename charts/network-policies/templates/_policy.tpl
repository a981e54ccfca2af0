{{- define "network-policies.labels" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
app.kubernetes.io/part-of: sportbuff
{{- end -}}
{{- /* The pods of some names. */ -}}
{{- define "network-policies.pods" -}}
matchExpressions: [{key: app.kubernetes.io/name, operator: In, values: {{ toJson . }}}]
{{- end -}}
{{- define "network-policies.ports" -}}
{{- range . }}
- {protocol: TCP, port: {{ . }}}
{{- end }}
{{- end -}}
