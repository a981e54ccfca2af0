{{- /* Labels of a part: list of the name and the root. */ -}}
{{- define "logging.selector" -}}
app.kubernetes.io/name: {{ index . 0 }}
app.kubernetes.io/instance: {{ (index . 1).Release.Name }}
{{- end -}}
{{- define "logging.labels" -}}
{{ include "logging.selector" . }}
app.kubernetes.io/managed-by: {{ (index . 1).Release.Service }}
app.kubernetes.io/part-of: sportbuff
{{- end -}}
{{- /* Where Elasticsearch is, and who asks: variables of the official image. */ -}}
{{- define "logging.environment" -}}
- {name: FLUENT_ELASTICSEARCH_HOST, value: {{ .Values.elasticsearch.host | quote }}}
- {name: FLUENT_ELASTICSEARCH_PORT, value: {{ .Values.elasticsearch.port | quote }}}
- {name: FLUENT_ELASTICSEARCH_SCHEME, value: {{ .Values.elasticsearch.scheme | quote }}}
{{- if .Values.elasticsearch.user }}
- {name: FLUENT_ELASTICSEARCH_USER, value: {{ .Values.elasticsearch.user | quote }}}
- name: FLUENT_ELASTICSEARCH_PASSWORD
  valueFrom:
    secretKeyRef: {name: {{ .Values.elasticsearch.secret }}, key: password}
- {name: FLUENT_ELASTICSEARCH_CA_PATH, value: /run/secrets/elasticsearch/ca.crt}
{{- end }}
{{- end -}}
{{- define "logging.mounts" -}}
{{- if .Values.elasticsearch.user }}
- {name: authority, mountPath: /run/secrets/elasticsearch, readOnly: true}
{{- end }}
- {name: tmp, mountPath: /tmp}
{{- end -}}
{{- define "logging.volumes" -}}
{{- if .Values.elasticsearch.user }}
- name: authority
  secret:
    secretName: {{ .Values.elasticsearch.secret }}
    defaultMode: 0444
    items: [{key: ca.crt, path: ca.crt}]
{{- end }}
- name: tmp
  emptyDir: {sizeLimit: 16Mi}
{{- end -}}
