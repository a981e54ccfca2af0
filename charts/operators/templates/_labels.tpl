{{- /* Labels of a part: list of the name and the root. */ -}}
{{- define "operators.selector" -}}
app.kubernetes.io/name: {{ index . 0 }}
app.kubernetes.io/instance: {{ (index . 1).Release.Name }}
{{- end -}}
{{- define "operators.labels" -}}
{{ include "operators.selector" . }}
app.kubernetes.io/managed-by: {{ (index . 1).Release.Service }}
app.kubernetes.io/part-of: sportbuff
{{- end -}}
{{- /* What no container of them may do. */ -}}
{{- define "operators.container-security" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: {drop: [ALL]}
{{- end -}}
{{- /* The way in to what one tells of itself, where a Prometheus is made: list of the root and the port. */ -}}
{{- define "operators.ingress-of-metrics" -}}
{{- $port := index . 1 -}}
{{- with (index . 0).Values.prometheusOperator -}}
ingress:
  - from:
      - namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: {{ .namespace }}}}
        podSelector: {matchLabels: {app.kubernetes.io/name: prometheus}}
    ports:
      - {protocol: TCP, port: {{ $port }}}
{{- end }}
{{- end -}}
{{- /* The ways out of one that asks the API server and a service of the cloud, by DNS: list of the address of what simulates that, or nothing. */ -}}
{{- define "operators.egress-to-cloud" -}}
- to:
    - namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: kube-system}}
      podSelector: {matchLabels: {k8s-app: kube-dns}}
  ports:
    - {protocol: UDP, port: 53}
    - {protocol: TCP, port: 53}
- to:
    - ipBlock: {cidr: 10.0.0.0/8}
    - ipBlock: {cidr: 172.16.0.0/12}
    - ipBlock: {cidr: 192.168.0.0/16}
  ports:
    - {protocol: TCP, port: 443}
    - {protocol: TCP, port: 6443}
{{- with index . 0 }}
{{- $place := splitList ":" (urlParse .).host }}
- to:
    - ipBlock: {cidr: {{ first $place }}/32}
  ports:
    - {protocol: TCP, port: {{ last $place }}}
{{- end }}
{{- end -}}
