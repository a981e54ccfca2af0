{{- /* A pod that asks both servers. root: the chart's; program: of config/mysql; asks: whether it asks the API server, too; environment: of the program. */ -}}
{{- define "promotion.pod" -}}
serviceAccountName: {{ .root.Release.Name }}
automountServiceAccountToken: {{ .asks }}
enableServiceLinks: false
terminationGracePeriodSeconds: 30
restartPolicy: Never
securityContext:
  runAsNonRoot: true
  runAsUser: 999
  runAsGroup: 999
  fsGroup: 999
  seccompProfile: {type: RuntimeDefault}
containers:
  - name: {{ .program }}
    image: {{ .root.Values.image | quote }}
    imagePullPolicy: IfNotPresent
    command: [/usr/local/lib/mysql-pair/{{ .program }}{{ range .root.Values.servers }}, {{ . | quote }}{{ end }}]
    env:
      {{- range $name, $value := .environment }}
      - {name: {{ $name }}, value: {{ $value | quote }}}
      {{- end }}
      - name: POD_NAMESPACE
        valueFrom:
          fieldRef: {fieldPath: metadata.namespace}
      {{- range $name, $secret := dict "MYSQL_ROOT_PASSWORD" .root.Values.rootSecret "MYSQL_REPLICATION_PASSWORD" .root.Values.replicationSecret }}
      - name: {{ $name }}
        valueFrom:
          secretKeyRef: {name: {{ $secret }}, key: password}
      {{- end }}
    securityContext:
      allowPrivilegeEscalation: false
      readOnlyRootFilesystem: true
      capabilities: {drop: [ALL]}
    resources: {{- toYaml .root.Values.resources | nindent 6 }}
    volumeMounts:
      - {name: programs, mountPath: /usr/local/lib/mysql-pair, readOnly: true}
      - {name: tmp, mountPath: /tmp}
volumes:
  - name: programs
    configMap: {name: {{ .root.Release.Name }}, defaultMode: 0555}
  - name: tmp
    emptyDir: {sizeLimit: 8Mi}
{{- end -}}
